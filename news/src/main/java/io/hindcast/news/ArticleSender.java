package io.hindcast.news;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends articles as commands, each until it is recorded or refused, for a limited number of attempts. Thread-safe. */
public final class ArticleSender {

    private static final Logger log = LoggerFactory.getLogger(ArticleSender.class);

    private static final int ATTEMPTS = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final NewsBus bus;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final NewsStatus status;

    public ArticleSender(NewsBus bus, WallTimer waits, RandomGenerator random, NewsStatus status) {
        this.bus = bus;
        this.waits = waits;
        this.random = random;
        this.status = status;
    }

    /**
     * Sends an article and its text, and waits until both are recorded.
     *
     * @return false if the article was refused
     * @throws IllegalStateException if it could not be recorded; it may be sent again
     */
    public boolean send(DiscoverArticle command, Optional<String> body) throws InterruptedException {
        try {
            DiscoveryReceipt receipt = retrying(command.url(), () -> bus.discover(command));
            status.article(command.channel(), receipt.outcome().name());
            if (body.isPresent()) {
                RecordArticleContent content =
                        new RecordArticleContent(receipt.articleId(), body.get(), command.firstSeenAt());
                retrying(command.url(), () -> bus.record(content));
            }
            return true;
        } catch (RefusedException e) {
            status.refused(command.channel(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private <R> R retrying(ArticleUrl url, Supplier<CompletableFuture<R>> command) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return command.get().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException | RuntimeException e) {
                failure = e;
            }
            Refusal refusal = RefusedException.in(failure);
            if (refusal != null) {
                throw new RefusedException(refusal);
            }
            if (attempt >= ATTEMPTS) {
                throw new IllegalStateException("the article " + url + " could not be recorded", failure);
            }
            Duration pause = BACKOFF.after(attempt, random);
            log.warn("{} could not be recorded ({}); next attempt in {} ms", url, failure.toString(), pause.toMillis());
            waits.pause(pause);
        }
    }
}
