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
import io.hindcast.inference.model.LaneGround;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.SymbolLanes;
import io.hindcast.inference.model.Trials;
import io.hindcast.ml.score.Scorer;
import io.hindcast.runtime.FailureReason;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes that read articles. They belong to one thread: lanes join and leave between two articles, each article is
 * read by all lanes of its symbols that have not read it, and what those of a symbol say of one text is recorded
 * together. A lane that is new, or was away, makes up for what it has not read, some articles at a time, newest work
 * first.
 *
 * <p>Which articles there are and whether a version has read their texts stands in the log, so nothing is read twice by
 * it and nothing left out, wherever a process ended. The cut of such a lane says where in its market's candles it
 * joined; what it has to read does not depend on it.
 */
final class ArticleLanes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ArticleLanes.class);

    /** Articles made up for before it is looked for newer work. */
    private static final int AT_ONCE = 20;

    private static final long ANSWER_SECONDS = 10;

    private final Function<Symbol, SymbolLanes> open;
    private final ArticleLog articles;
    private final LaneGround ground;
    private final Duration back;
    private final Consumer<Symbol> changed;
    private final Counter unread;
    private final Map<Symbol, SymbolLanes> lanes = new TreeMap<>();
    /**
     * Versions that may not have read all, with what is left of what they are to look at; null before that was listed.
     */
    private final Map<VersionId, @Nullable Deque<ArticleId>> behind = new TreeMap<>();

    private final Set<VersionId> upToDate = new HashSet<>();
    /** Decides which articles are given up because they cannot be read from the log, or scores of them not recorded. */
    private final Trials<ArticleId> reads = new Trials<>();
    /** Decides which texts are given up because a version cannot score them. */
    private final Map<VersionId, Trials<Text>> scorings = new TreeMap<>();

    private record Text(ArticleId article, int reading) {}

    /** @param changed told, by any thread, that a lane of a symbol has got its model or lost it */
    ArticleLanes(Function<Symbol, SymbolLanes> open, ArticleLog articles, LaneGround ground, Consumer<Symbol> changed) {
        this.open = open;
        this.articles = articles;
        this.ground = ground;
        this.back = ground.settings().articlesBack();
        this.changed = changed;
        this.unread = Counter.builder("hindcast.news.unread")
                .description("Articles that were given up: by one version that could not score them, or by all")
                .register(ground.loops().meters());
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
                var _ = lane.firstAttempt().thenRun(() -> changed.accept(symbol));
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
        scorings.keySet().removeIf(version -> isOf(of, version) && !reading.contains(version));
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

    /** Has all lanes look through the log for articles that they have not read. */
    void lookThroughTheLog() {
        upToDate.forEach(version -> behind.put(version, null));
        behind.replaceAll((version, left) -> null);
        upToDate.clear();
    }

    /** Has all lanes read what is new of an article, or gives it up. */
    void read(ArticleId id) throws InterruptedException, ExecutionException, TimeoutException {
        read(id, article -> {
            List<Lane> all = new ArrayList<>();
            for (Symbol symbol : article.symbols().keySet()) {
                if (!lanes.containsKey(symbol)) {
                    reconcile(symbol);
                }
                SymbolLanes of = lanes.get(symbol);
                if (of != null) {
                    all.addAll(of.all());
                }
            }
            return all;
        });
    }

    private void read(ArticleId id, Function<ArticleHistory, List<Lane>> by)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Optional<ArticleHistory> article = articles.read(id);
            if (article.isPresent() && read(article.get(), by.apply(article.get()))) {
                reads.settle(List.of(id), List.of());
            }
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            if (reads.settle(List.of(), List.of(id)).givenUp().isEmpty()) {
                throw e;
            }
            giveUp(
                    "The article " + id + " was given up after " + Trials.TRIES + " attempts: " + FailureReason.of(e),
                    "It has no score; all other articles are read.");
        }
    }

    private void giveUp(String problem, String remedy) {
        unread.increment();
        ground.outages().lost("article reader", problem, remedy);
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
            LocalDate today = dayOf(ground.marketClock().instant());
            left = new ArrayDeque<>(
                    articles.firstSeen(today.minusDays(back.toDays()), today).toList());
            behind.put(version, left);
        }
        for (int i = 0; i < AT_ONCE && !left.isEmpty() && lane.model() != null; i++) {
            ArticleId id = left.removeFirst();
            boolean done = false;
            try {
                read(
                        id,
                        article -> article.symbols().containsKey(version.model().symbol()) ? List.of(lane) : List.of());
                done = true;
            } finally {
                if (!done) {
                    // After the others: it may be the only one that cannot be read.
                    left.addLast(id);
                }
            }
        }
        if (left.isEmpty() && left.equals(behind.get(version))) {
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

    /** Has lanes read what they have not read of an article; answers whether anything was recorded. */
    private boolean read(ArticleHistory article, List<Lane> all)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant oldest = ground.marketClock().instant().minus(back);
        boolean recorded = false;
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
                    score(lane, model, article.id(), reading)
                            .ifPresent(score -> scores.computeIfAbsent(together, _ -> new ArrayList<>())
                                    .add(score));
                }
            }
            for (Map.Entry<Together, List<VersionScore>> said : scores.entrySet()) {
                record(article, reading, said.getValue(), said.getKey().reconciled());
                recorded = true;
            }
        }
        return recorded;
    }

    private Optional<VersionScore> score(Lane lane, LoadedModel model, ArticleId id, Reading reading) {
        Trials<Text> trials = scorings.computeIfAbsent(lane.id(), _ -> new Trials<>());
        Text text = new Text(id, reading.number());
        if (trials.isGivenUp(text)) {
            return Optional.empty();
        }
        double[] out = new double[Scorer.CLASSES];
        Probabilities probabilities;
        try {
            model.scorer().score(model.tokens().row(reading.title(), reading.text()), 1, out);
            probabilities = new Probabilities(out[0], out[1], out[2]);
        } catch (Throwable e) {
            // An Error, too, is one model's: the other lanes go on.
            failed(lane, text, FailureReason.of(e), trials.settle(List.of(), List.of(text)));
            return Optional.empty();
        }
        lane.scored();
        for (Text again : trials.settle(List.of(text), List.of()).again()) {
            readAgain(lane.id(), again.article());
        }
        return Optional.of(new VersionScore(lane.id(), model.scorer().spec(), probabilities));
    }

    private void failed(Lane lane, Text text, String reason, Trials.Verdict<Text> verdict) {
        if (!verdict.givenUp().isEmpty()) {
            giveUp(
                    lane.id() + " could not score text " + text.reading() + " of " + text.article() + " in "
                            + Trials.TRIES + " attempts: " + reason,
                    "It has no score by this version; all other articles and lanes go on.");
        } else if (verdict.suspicious()) {
            lane.broken(reason);
            // What comes while it is away it does not read: it looks through the log then.
            upToDate.remove(lane.id());
            behind.put(lane.id(), null);
            Symbol symbol = lane.id().model().symbol();
            SymbolLanes of = lanes.get(symbol);
            if (of != null) {
                of.reload(lane);
            }
            changed.accept(symbol);
        }
    }

    private void readAgain(VersionId version, ArticleId article) {
        if (upToDate.remove(version)) {
            behind.put(version, new ArrayDeque<>());
        }
        Deque<ArticleId> left = behind.get(version);
        if (left != null) {
            left.addLast(article);
        }
    }

    private void record(ArticleHistory article, Reading reading, List<VersionScore> scores, boolean reconciled)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant now = ground.marketClock().instant();
        Instant recordedAt = now.isBefore(reading.knownAt()) ? reading.knownAt() : now;
        try {
            PredictionsReceipt receipt = ground.commands()
                    .<PredictionsReceipt>send(
                            new RecordArticleScores(article.id(), reading.number(), scores, reconciled, recordedAt))
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            log.debug("{} scores of {} recorded", receipt.recorded(), article.id());
        } catch (ExecutionException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            giveUp(
                    "Scores of the article " + article.id() + " were refused: " + refusal.message(),
                    "They are not recorded; all other articles are read.");
        }
    }

    @Override
    public void close() {
        lanes.values().forEach(SymbolLanes::close);
        lanes.clear();
        behind.clear();
        upToDate.clear();
        scorings.clear();
    }
}
