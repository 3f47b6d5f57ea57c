package io.hindcast.inference.news;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.SymbolLanes;
import io.hindcast.ml.score.Scorer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes that read articles. They belong to one thread: lanes join and leave between two articles, each article is read by all
 * lanes of its symbols that have not read it, and what those of a symbol say of one text is recorded together. A lane that is new, or was away, makes up
 * for what it has not read, some articles at a time, newest work first.
 *
 * <p>Which articles there are and whether a version has read their texts stands in the log, so nothing is read twice by it and nothing left
 * out, wherever a process ended. The cut of such a lane says where in its market's candles it joined; what it has to read does not depend on it.
 */
final class ArticleLanes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ArticleLanes.class);

    /** Articles made up for before it is looked for newer work. */
    private static final int AT_ONCE = 20;

    private static final long ANSWER_SECONDS = 10;

    private final Function<Symbol, SymbolLanes> open;
    private final ArticleLog articles;
    private final CommandGateway commands;
    private final InstantSource marketClock;
    private final Duration back;
    private final Consumer<Symbol> loaded;
    private final Map<Symbol, SymbolLanes> lanes = new TreeMap<>();
    /** Versions that may not have read all, with what is left of what they are to look at; null before that was listed. */
    private final Map<VersionId, @Nullable Deque<ArticleId>> behind = new TreeMap<>();

    private final Set<VersionId> upToDate = new HashSet<>();

    /**
     * @param back how far back a version that is new reads
     * @param loaded told, by any thread, that a lane of a symbol has got its model
     */
    ArticleLanes(
            Function<Symbol, SymbolLanes> open,
            ArticleLog articles,
            CommandGateway commands,
            InstantSource marketClock,
            Duration back,
            Consumer<Symbol> loaded) {
        this.open = open;
        this.articles = articles;
        this.commands = commands;
        this.marketClock = marketClock;
        this.back = back;
        this.loaded = loaded;
    }

    /** Makes a symbol's lanes what the log says. */
    void reconcile(Symbol symbol) {
        SymbolLanes of = lanes.get(symbol);
        if (of == null) {
            of = open.apply(symbol);
            lanes.put(symbol, of);
        }
        of.reconcile(true);
        for (Lane lane : of.all()) {
            if (!lane.firstAttempt().isDone()) {
                var _ = lane.firstAttempt().thenRun(() -> loaded.accept(symbol));
            }
        }
        settle(of);
    }

    /** Lets those in that are ready and those out that are to go. */
    void shift(Symbol symbol, LogPosition cut) {
        SymbolLanes of = lanes.get(symbol);
        if (of == null) {
            reconcile(symbol);
        } else {
            of.shift(cut);
            settle(of);
        }
    }

    /** Who reads, and is not known to have read all, is behind. */
    private void settle(SymbolLanes of) {
        Set<VersionId> reading = new HashSet<>();
        for (Lane lane : of.all()) {
            if (lane.predicts()) {
                reading.add(lane.id());
                if (!upToDate.contains(lane.id()) && !behind.containsKey(lane.id())) {
                    behind.put(lane.id(), null);
                }
            }
        }
        behind.keySet().removeIf(version -> isOf(of, version) && !reading.contains(version));
        upToDate.removeIf(version -> isOf(of, version) && !reading.contains(version));
    }

    private boolean isOf(SymbolLanes of, VersionId version) {
        return lanes.get(version.model().symbol()) == of;
    }

    /** Whether anything waits for the next candle: a lane that is loading, joining, leaving. */
    boolean isUnsettled(Symbol symbol) {
        SymbolLanes of = lanes.get(symbol);
        return of == null
                || of.all().stream().anyMatch(lane -> !lane.predicts() || lane.leaving() || lane.model() == null);
    }

    /** Has all lanes read what is new of an article. */
    void read(ArticleId id) throws InterruptedException, ExecutionException, TimeoutException {
        Optional<ArticleHistory> article = articles.read(id);
        if (article.isPresent()) {
            List<Lane> all = new ArrayList<>();
            for (Symbol symbol : article.get().symbols().keySet()) {
                if (!lanes.containsKey(symbol)) {
                    reconcile(symbol);
                }
                SymbolLanes of = lanes.get(symbol);
                if (of != null) {
                    all.addAll(of.all());
                }
            }
            read(article.get(), all);
        }
    }

    /** Makes up for some articles; false if there is nothing more to make up for at the moment. */
    boolean makeUp() throws InterruptedException, ExecutionException, TimeoutException {
        for (VersionId version : List.copyOf(behind.keySet())) {
            SymbolLanes of = lanes.get(version.model().symbol());
            Optional<Lane> lane = of == null
                    ? Optional.empty()
                    : of.all().stream().filter(one -> one.id().equals(version)).findFirst();
            if (lane.isPresent() && lane.get().model() != null) {
                makeUp(lane.get());
                return true;
            }
        }
        return false;
    }

    private void makeUp(Lane lane) throws InterruptedException, ExecutionException, TimeoutException {
        VersionId version = lane.id();
        Deque<ArticleId> left = behind.get(version);
        if (left == null) {
            LocalDate today = dayOf(marketClock.instant());
            left = new ArrayDeque<>(
                    articles.firstSeen(today.minusDays(back.toDays()), today).toList());
            behind.put(version, left);
        }
        for (int i = 0; i < AT_ONCE && !left.isEmpty(); i++) {
            Optional<ArticleHistory> article = articles.read(left.getFirst());
            if (article.isPresent()) {
                read(article.get(), List.of(lane));
            }
            left.pollFirst();
        }
        if (left.isEmpty() && behind.get(version) != null) {
            behind.remove(version);
            upToDate.add(version);
            log.info("{} has read all articles of the last {} days", version, back.toDays());
        }
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Whose scores of one text are recorded together. */
    private record Together(Symbol symbol, boolean reconciled) {}

    private void read(ArticleHistory article, List<Lane> all)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant oldest = marketClock.instant().minus(back);
        for (Reading reading : article.readings()) {
            Map<Together, List<VersionScore>> scores = new HashMap<>();
            for (Lane lane : all) {
                LoadedModel model = lane.model();
                if (lane.predicts()
                        && model != null
                        && !reading.knownAt().isBefore(oldest)
                        && article.symbols().containsKey(lane.id().model().symbol())
                        && !article.isScored(lane.id(), reading.number())) {
                    // What was known before a version was trained it can only have read afterwards.
                    boolean reconciled =
                            reading.knownAt().isBefore(lane.version().trainedAt());
                    Together together = new Together(lane.id().model().symbol(), reconciled);
                    score(lane, model, reading)
                            .ifPresent(score -> scores.computeIfAbsent(together, _ -> new ArrayList<>())
                                    .add(score));
                }
            }
            for (Map.Entry<Together, List<VersionScore>> said : scores.entrySet()) {
                record(article, reading, said.getValue(), said.getKey().reconciled());
            }
        }
    }

    private Optional<VersionScore> score(Lane lane, LoadedModel model, Reading reading) {
        double[] out = new double[Scorer.CLASSES];
        try {
            model.scorer().score(model.tokens().row(reading.title(), reading.text()), 1, out);
            return Optional.of(
                    new VersionScore(lane.id(), model.scorer().spec(), new Probabilities(out[0], out[1], out[2])));
        } catch (RuntimeException e) {
            lane.broken(lane.id() + " failed to score: " + e.getMessage() + "; it is loaded again");
            upToDate.remove(lane.id());
            behind.put(lane.id(), null);
            SymbolLanes of = lanes.get(lane.id().model().symbol());
            if (of != null) {
                of.reload(lane);
            }
            return Optional.empty();
        }
    }

    private void record(ArticleHistory article, Reading reading, List<VersionScore> scores, boolean reconciled)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant now = marketClock.instant();
        Instant recordedAt = now.isBefore(reading.knownAt()) ? reading.knownAt() : now;
        try {
            PredictionsReceipt receipt = commands.<PredictionsReceipt>send(
                            new RecordArticleScores(article.id(), reading.number(), scores, reconciled, recordedAt))
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            log.debug("{} scores of {} recorded", receipt.recorded(), article.id());
        } catch (ExecutionException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            log.warn("Scores were refused: {}", refusal.message());
        }
    }

    @Override
    public void close() {
        lanes.values().forEach(SymbolLanes::close);
        lanes.clear();
    }
}
