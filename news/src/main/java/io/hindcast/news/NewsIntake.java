package io.hindcast.news;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.news.text.PlainText;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where sources hand in what they found. Stamps when it was seen, sends it on with patience, and remembers what it has
 * taken so that sources need not read the same pages every time; forgetting costs a request, never a second article.
 * Thread-safe.
 */
public final class NewsIntake {

    private static final Logger log = LoggerFactory.getLogger(NewsIntake.class);

    private static final int REMEMBERED = 5_000;
    private static final int ATTEMPTS = 6;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final NewsBus bus;
    private final InstantSource marketClock;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final NewsStatus status;
    private final Map<String, String> taken = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    public NewsIntake(
            NewsBus bus, InstantSource marketClock, WallTimer waits, RandomGenerator random, NewsStatus status) {
        this.bus = bus;
        this.marketClock = marketClock;
        this.waits = waits;
        this.random = random;
        this.status = status;
    }

    public Instant now() {
        return marketClock.instant();
    }

    /** Whether this link, with what is said of it, was not {@link #done} yet. */
    public boolean isNew(String channel, ArticleUrl link, String said) {
        synchronized (taken) {
            return !said.equals(taken.get(channel + ' ' + link));
        }
    }

    /** Nothing more is to be had of this link as long as the same is said of it. */
    public void done(String channel, ArticleUrl link, String said) {
        synchronized (taken) {
            taken.put(channel + ' ' + link, said);
        }
    }

    /** Takes an article that was found just now. False if the house does not want it as it is. */
    public boolean take(String channel, FoundArticle found) throws InterruptedException {
        Instant seen = now();
        DiscoverArticle command = new DiscoverArticle(
                found.url(),
                channel,
                PlainText.shortened(found.source(), 100),
                found.symbols(),
                found.title(),
                found.summary(),
                found.published().orElse(PublishedTime.estimated(seen)).seenAt(seen),
                ArticleOrigin.LIVE,
                seen);
        return send(command, found.body().filter(body -> !body.isBlank()));
    }

    /** Sends an article on. False if it is refused. */
    public boolean send(DiscoverArticle command, Optional<String> body) throws InterruptedException {
        try {
            DiscoveryReceipt receipt = patiently(command.url(), () -> bus.discover(command));
            status.article(command.channel(), receipt.outcome().name());
            if (body.isPresent()) {
                RecordArticleContent content =
                        new RecordArticleContent(receipt.articleId(), body.get(), command.firstSeenAt());
                patiently(command.url(), () -> bus.record(content));
            }
            return true;
        } catch (RefusedException e) {
            status.refused(command.channel(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private <R> R patiently(ArticleUrl what, Supplier<CompletableFuture<R>> command) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return command.get().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
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
                throw new IllegalStateException("the article " + what + " could not be recorded", failure);
            }
            Duration wait = BACKOFF.after(attempt, random);
            log.warn("{} could not be recorded ({}); trying again in {} ms", what, failure.toString(), wait.toMillis());
            waits.pause(wait);
        }
    }
}
