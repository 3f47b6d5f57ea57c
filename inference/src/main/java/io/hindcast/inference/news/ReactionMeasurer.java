package io.hindcast.inference.news;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.Markets;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.FindUnmeasuredArticles;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.news.UnmeasuredArticle;
import io.hindcast.api.news.UnmeasuredArticles;
import io.hindcast.history.market.CandleLog;
import io.hindcast.inference.model.Trials;
import io.hindcast.ml.label.ArticleReaction;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.Counter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Measures how markets reacted to articles, once the window after publication is over by the market's own time. What is
 * to be measured is asked of the read models each time, and the article itself sees to it that it is measured once: so
 * a stop at any moment loses and doubles nothing, and windows that ended while nothing ran are measured afterwards.
 * Works on a thread of its own, woken by candles.
 *
 * <p>A window that lacks bars waits {@link #GRACE} for them to be repaired; then it is measured as it is, if it can be
 * at all.
 */
public final class ReactionMeasurer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReactionMeasurer.class);

    static final Duration GRACE = Duration.ofHours(1);

    /** What read models say that have not been built once: a first start. */
    private static final String NOT_READY = "NOT_READY";

    private static final int PAGE = 200;
    private static final int REMEMBERED = 20_000;
    private static final long ANSWER_SECONDS = 10;
    private static final Duration UNTIL_READY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Articles that fail before any is measured; then the rest waits. */
    private static final int HOPELESS = 3;

    private final CandleLog candles;
    private final CommandGateway commands;
    private final QueryGateway queries;
    private final InstantSource marketClock;
    private final ReactionSpec spec;
    private final LabelSpec label;
    private final Counter measured;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by the lock: times not looked at yet. */
    private final Map<Symbol, Instant> reached = new TreeMap<>();

    private final Map<Symbol, Instant> wentLive = new TreeMap<>();
    /** Nothing more to do about them, though the read models may not show it yet. */
    private final Map<String, Boolean> done = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final Trials<String> trials = new Trials<>();
    private final LinkedHashMap<Symbol, Instant> times = new LinkedHashMap<>();
    private boolean begun;
    private final WallTimer waits;
    private final Outages outages;
    private final SupervisedLoop loop;

    public ReactionMeasurer(
            CandleLog candles,
            CommandGateway commands,
            QueryGateway queries,
            InstantSource marketClock,
            ReactionSpec spec,
            SupervisedLoop.Ground loops) {
        this.candles = candles;
        this.commands = commands;
        this.queries = queries;
        this.marketClock = marketClock;
        this.spec = spec;
        this.label = new LabelSpec(Math.toIntExact(spec.window().toMinutes()), spec.thresholdPercent());
        this.measured = Counter.builder("hindcast.news.reactions")
                .description("Reactions of markets to articles that were measured")
                .register(loops.meters());
        this.waits = loops.waits();
        this.outages = loops.outages();
        this.loop = new SupervisedLoop(
                "measuring of reactions",
                "Nothing has to be done, it is tried again; windows that are over are measured afterwards.",
                loops,
                this::turn);
    }

    /** All bars of this symbol up to one that closes then have come, or are being repaired. */
    public void marketReached(Symbol symbol, Instant time) {
        lock.lock();
        try {
            reached.merge(symbol, time, ReactionMeasurer::later);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop(PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            if (!begun) {
                findMarkets(times);
                begun = true;
            }
            awaitTimes();
            Map.Entry<Symbol, Instant> next = times.pollFirstEntry();
            boolean whole = false;
            try {
                measure(next.getKey(), next.getValue());
                whole = true;
            } finally {
                if (!whole) {
                    // After the other symbols, and with what has come by then.
                    times.merge(next.getKey(), next.getValue(), ReactionMeasurer::later);
                }
            }
        } catch (ExecutionException | RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null || !refusal.code().equals(NOT_READY)) {
                throw e;
            }
            log.debug("Reactions to articles cannot be measured yet: {}", refusal.message());
            waits.pause(UNTIL_READY);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private void awaitTimes() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (reached.isEmpty() && times.isEmpty()) {
                changed.await();
            }
            reached.forEach((symbol, time) -> times.merge(symbol, time, ReactionMeasurer::later));
            reached.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Windows may have ended before this was started, and no further bar may come. */
    private void findMarkets(Map<Symbol, Instant> times)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (MarketView market : queries.query(new FindMarkets(), ResponseTypes.instanceOf(Markets.class))
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .markets()) {
            market.liveFrom().ifPresent(liveFrom -> {
                wentLive.put(market.symbol(), liveFrom);
                market.lastOpenTime().ifPresent(last -> times.put(market.symbol(), last.plusSeconds(60)));
            });
        }
    }

    /** Measures what can be; throws the last failure after that, so that what failed is tried again. */
    private void measure(Symbol symbol, Instant time)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant publishedBy = time.minus(spec.window());
        Windows windows = new Windows(symbol, label, candles);
        Optional<UnmeasuredArticle> after = Optional.empty();
        Failures failures = new Failures();
        while (true) {
            List<UnmeasuredArticle> page = queries.query(
                            new FindUnmeasuredArticles(symbol, publishedBy, after, PAGE),
                            ResponseTypes.instanceOf(UnmeasuredArticles.class))
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .articles();
            for (UnmeasuredArticle article : page) {
                String key = symbol + " " + article.articleId();
                if (!done.containsKey(key)) {
                    measure(symbol, article, key, windows, time, failures);
                }
            }
            if (page.size() < PAGE) {
                failures.throwLast();
                return;
            }
            after = Optional.of(page.getLast());
        }
    }

    /** Failures of one look at a symbol. */
    private static final class Failures {
        private int count;
        private boolean anyMeasured;
        private @Nullable Exception last;

        void add(Exception failure) throws ExecutionException, TimeoutException {
            count++;
            last = failure;
            if (count >= HOPELESS && !anyMeasured) {
                throwLast();
            }
        }

        void throwLast() throws ExecutionException, TimeoutException {
            switch (last) {
                case null -> {
                    // All went well.
                }
                case ExecutionException e -> throw e;
                case TimeoutException e -> throw e;
                case RuntimeException e -> throw e;
                default -> throw new IllegalStateException(last);
            }
        }
    }

    private void measure(
            Symbol symbol, UnmeasuredArticle article, String key, Windows windows, Instant time, Failures failures)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            if (isSettled(symbol, article, windows, time)) {
                done.put(key, true);
                trials.settle(List.of(key), List.of());
                failures.anyMeasured = true;
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (trials.settle(List.of(), List.of(key)).givenUp().isEmpty()) {
                failures.add(e);
                return;
            }
            done.put(key, true);
            outages.lost(
                    "measuring of reactions",
                    "The reaction of " + symbol + " to " + article.articleId() + " could not be measured in "
                            + Trials.TRIES + " attempts: " + FailureReason.of(e),
                    "It is tried again after the next start; all other articles are measured.");
        }
    }

    /** False if bars that are missing may still come. */
    private boolean isSettled(Symbol symbol, UnmeasuredArticle article, Windows windows, Instant time)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant over = article.publishedAt().plus(spec.window());
        Optional<ArticleReaction> found = windows.after(article.publishedAt());
        boolean whole = found.isPresent() && found.get().bars() >= label.horizonBars();
        if (!whole && time.isBefore(over.plus(GRACE))) {
            return false;
        }
        if (found.isPresent()) {
            ArticleReaction reaction = found.get();
            send(new MeasureArticleReaction(
                    article.articleId(),
                    symbol,
                    spec,
                    BigDecimal.valueOf(reaction.base()),
                    reaction.mean(),
                    reaction.bars(),
                    measuredAt(symbol, over)));
        } else {
            log.info("The reaction of {} to {} cannot be told: too many bars are missing", symbol, article.articleId());
        }
        return true;
    }

    /** What was over before the market went live counts as known when it was over, all else when it is measured. */
    private Instant measuredAt(Symbol symbol, Instant over)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant whole = over.truncatedTo(ChronoUnit.MILLIS);
        Instant earliest = whole.equals(over) ? over : whole.plusMillis(1);
        Instant liveFrom = wentLive.get(symbol);
        if (liveFrom == null) {
            findMarkets(new TreeMap<>());
            liveFrom = wentLive.getOrDefault(symbol, Instant.MIN);
        }
        Instant now = marketClock.instant();
        return earliest.isAfter(liveFrom) && now.isAfter(earliest) ? now : earliest;
    }

    private void send(MeasureArticleReaction command)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            commands.send(command).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            measured.increment();
        } catch (ExecutionException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            log.warn("A reaction was refused: {}", refusal.message());
        }
    }
}
