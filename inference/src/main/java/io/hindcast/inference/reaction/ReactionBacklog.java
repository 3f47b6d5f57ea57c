package io.hindcast.inference.reaction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.FindUnmeasuredArticles;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.news.UnmeasuredArticle;
import io.hindcast.api.news.UnmeasuredArticles;
import io.hindcast.history.market.CandleLog;
import io.hindcast.inference.model.FailureAttribution;
import io.hindcast.runtime.BoundedMap;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.Outages;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;

/** Finds the articles of a symbol whose window is over and has their reactions measured. */
final class ReactionBacklog {

    private static final int PAGE = 200;
    private static final int REMEMBERED = 20_000;
    /** Failed articles, with none measured, after which the others wait for the next attempt. */
    private static final int FAILURES_TO_STOP = 3;

    private final QueryGateway queries;
    private final CandleLog candles;
    private final ReactionSpec spec;
    private final LabelSpec label;
    private final ReactionRecorder recorder;
    private final Outages outages;

    /** Articles that need no more work, even if the read models do not show it yet. */
    private final Map<Key, Boolean> done = new BoundedMap<>(REMEMBERED);

    private final FailureAttribution<Key> failures = new FailureAttribution<>();

    private record Key(Symbol symbol, ArticleId article) {}

    ReactionBacklog(
            QueryGateway queries,
            CandleLog candles,
            ReactionSpec spec,
            LabelSpec label,
            ReactionRecorder recorder,
            Outages outages) {
        this.queries = queries;
        this.candles = candles;
        this.spec = spec;
        this.label = label;
        this.recorder = recorder;
        this.outages = outages;
    }

    /**
     * Measures all reactions that can be measured.
     *
     * @param time market time that the symbol's bars have reached
     * @throws ExecutionException or another exception, the latest failure, once everything has been tried
     */
    void measure(Symbol symbol, Instant time) throws InterruptedException, ExecutionException, TimeoutException {
        Instant publishedBy = time.minus(spec.window());
        ReactionWindows windows = new ReactionWindows(symbol, label, candles);
        Optional<UnmeasuredArticle> after = Optional.empty();
        Pass pass = new Pass();
        while (true) {
            List<UnmeasuredArticle> page = queries.query(
                            new FindUnmeasuredArticles(symbol, publishedBy, after, PAGE),
                            ResponseTypes.instanceOf(UnmeasuredArticles.class))
                    .get(LiveMarkets.ANSWER_SECONDS, TimeUnit.SECONDS)
                    .articles();
            for (UnmeasuredArticle article : page) {
                Key key = new Key(symbol, article.articleId());
                if (!done.containsKey(key)) {
                    measure(key, article, windows, time, pass);
                }
            }
            if (page.size() < PAGE) {
                pass.throwLast();
                return;
            }
            after = Optional.of(page.getLast());
        }
    }

    private void measure(Key key, UnmeasuredArticle article, ReactionWindows windows, Instant time, Pass pass)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            if (recorder.record(key.symbol(), article, windows, time)) {
                done.put(key, true);
                failures.record(List.of(key), List.of());
                pass.anyMeasured = true;
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (failures.record(List.of(), List.of(key)).abandoned().isEmpty()) {
                pass.failed(e);
                return;
            }
            done.put(key, true);
            outages.lost(
                    ReactionMeasurer.OUTAGE_NAME,
                    "The reaction of " + key.symbol() + " to " + article.articleId() + " could not be measured in "
                            + FailureAttribution.FAILURE_LIMIT + " attempts: " + FailureReason.of(e),
                    "It is retried after the next start; all other articles are measured.");
        }
    }

    /** Failures of one pass over a symbol's articles. */
    private static final class Pass {
        private int failures;
        private boolean anyMeasured;
        private @Nullable Exception last;

        void failed(Exception failure) throws ExecutionException, TimeoutException {
            failures++;
            last = failure;
            if (failures >= FAILURES_TO_STOP && !anyMeasured) {
                throwLast();
            }
        }

        void throwLast() throws ExecutionException, TimeoutException {
            switch (last) {
                case null -> {}
                case ExecutionException e -> throw e;
                case TimeoutException e -> throw e;
                case RuntimeException e -> throw e;
                default -> throw new IllegalStateException(last);
            }
        }
    }
}
