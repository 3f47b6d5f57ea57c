package io.hindcast.projections;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.PredictionDayId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;

/** Builds events of one market, whose price is a random walk from a seed. */
public final class MarketScript {

    public static final ScorerSpec SCORER = new ScorerSpec("flat-trees", "1");

    private final Symbol symbol;
    private final SplittableRandom random;
    private final Map<String, Long> sequences = new HashMap<>();
    /** Time of the first event by the wall clock, which read models store, too. */
    private static final Instant RECORDED_FROM = Instant.parse("2026-01-01T00:00:00Z");

    private final List<EventMessage<?>> events = new ArrayList<>();
    private int added;
    private double price = 40_000;

    public MarketScript(String symbol, long seed) {
        this.symbol = new Symbol(symbol);
        this.random = new SplittableRandom(seed);
    }

    public Symbol symbol() {
        return symbol;
    }

    /** Returns the events added since the last call. */
    public List<EventMessage<?>> take() {
        List<EventMessage<?>> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    private void add(String type, String aggregate, Object payload) {
        long sequence = sequences.merge(aggregate, 0L, (held, zero) -> held + 1);
        Instant recordedAt = RECORDED_FROM.plusSeconds(added++);
        events.add(new GenericDomainEventMessage<>(
                type, aggregate, sequence, new GenericMessage<>(payload), () -> recordedAt));
    }

    public MarketScript event(String type, String aggregate, Object payload) {
        add(type, aggregate, payload);
        return this;
    }

    public MarketScript open() {
        return open(Instant.parse("2022-01-01T00:00:00Z"));
    }

    public MarketScript open(Instant openedAt) {
        add(
                "Market",
                MarketId.of(symbol),
                new MarketOpened(symbol, Interval.ONE_MINUTE, MarketOrigin.SYNTHETIC, "a walk from a seed", openedAt));
        return this;
    }

    public MarketScript wentLive(Instant liveFrom) {
        add("Market", MarketId.of(symbol), new MarketWentLive(symbol, liveFrom));
        return this;
    }

    public MarketDayId day(LocalDate day) {
        return new MarketDayId(symbol, Interval.ONE_MINUTE, day);
    }

    /** Adds a day of history in one event. */
    public MarketScript history(LocalDate day) {
        return candles(day, 0, 1440, CandleSource.HISTORY);
    }

    /**
     * Adds the bars of minutes {@code from} (inclusive) to {@code to} (exclusive) in one event, known when the last of
     * them closes.
     */
    public MarketScript candles(LocalDate day, int from, int to, CandleSource source) {
        List<Candle> bars = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            bars.add(next(at(day, minute)));
        }
        return candles(day, bars, 0, source, at(day, to));
    }

    public MarketScript candles(LocalDate day, List<Candle> bars, int revision, CandleSource source, Instant knownAt) {
        add(
                "MarketDay",
                day(day).toString(),
                new CandlesRecorded(
                        day(day),
                        source,
                        knownAt,
                        Candles.of(day, bars),
                        bars.stream().map(bar -> revision).toList()));
        return this;
    }

    /** Returns the next bar of the random walk. */
    public Candle next(Instant openTime) {
        double open = price;
        price *= 1 + (random.nextDouble() - 0.5) * 0.002;
        double high = Math.max(open, price) * (1 + random.nextDouble() * 0.0003);
        double low = Math.min(open, price) * (1 - random.nextDouble() * 0.0003);
        double volume = random.nextDouble() * 30;
        return new Candle(
                openTime,
                cents(open),
                cents(Math.max(high, Math.max(open, price)) + 0.01),
                cents(low - 0.01),
                cents(price),
                BigDecimal.valueOf(Math.round(volume * 1e5), 5),
                BigDecimal.valueOf(Math.round(volume * price * 1e7), 7),
                random.nextInt(1, 2000),
                BigDecimal.valueOf(Math.round(volume * 1e5) / 2, 5),
                BigDecimal.valueOf(Math.round(volume * price * 1e7) / 2, 7));
    }

    private static BigDecimal cents(double value) {
        return BigDecimal.valueOf(Math.round(value * 100), 2);
    }

    public static Instant at(LocalDate day, int minute) {
        return UtcDay.start(day).plusSeconds(60L * minute);
    }

    public VersionId version(int number) {
        return new ModelId(ModelFamily.LIGHTGBM, symbol).version(number);
    }

    /** Registers a version and makes it live in the baseline slot. */
    public MarketScript model(int number, LabelSpec label, Instant trainedAt) {
        VersionId version = version(number);
        add("Model", version.model().toString(), registered(version, label, trainedAt));
        add(
                "Model",
                version.model().toString(),
                new PromotionBegun(
                        version, new ArtifactRef("ab".repeat(32), 1234), SCORER, trainedAt, Optional.empty()));
        Map<Slot, Integer> live = new HashMap<>(Map.of(Slot.BASELINE, 1));
        if (number > 1) {
            live.put(Slot.CURRENT, number);
        }
        if (number > 2) {
            live.put(Slot.PREVIOUS, number - 1);
        }
        add("Model", version.model().toString(), new SlotsShifted(version, new Slots(live), trainedAt));
        return this;
    }

    /** Adds a backfill's predictions of a version at minutes {@code from} (inclusive) to {@code to} (exclusive). */
    public MarketScript backfill(LocalDate day, int from, int to, int number, Instant recordedAt) {
        List<Integer> minutes = new ArrayList<>();
        List<Double> sell = new ArrayList<>();
        List<Double> hold = new ArrayList<>();
        List<Double> buy = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            double a = random.nextDouble();
            double b = random.nextDouble() * (1 - a);
            minutes.add(minute);
            sell.add(a);
            hold.add(b);
            buy.add(1 - a - b);
        }
        BackfillDayId id = new BackfillDayId(version(number), day);
        add(
                "BackfillDay",
                id.toString(),
                new BackfillDayRecorded(id, SCORER, recordedAt, new BackfilledBars(minutes, sell, hold, buy)));
        return this;
    }

    /** Adds an event of a version's model. */
    public MarketScript model(ModelEvent event) {
        add("Model", event.version().model().toString(), event);
        return this;
    }

    public static VersionRegistered registered(VersionId version, LabelSpec label, Instant trainedAt) {
        return new VersionRegistered(
                version,
                version.model().symbol() + "/1/lightgbm/" + version.number(),
                new ArtifactRef("ab".repeat(32), 1234),
                SCORER,
                new Provenance(
                        "cd".repeat(32),
                        new LogPosition(version.model().symbol() + ":1m:2022-01-01", 0),
                        trainedAt.minus(Duration.ofDays(30)),
                        trainedAt.minus(Duration.ofDays(1)),
                        30_000,
                        5_000,
                        new FeatureSetRef("price-v1", "ef".repeat(32)),
                        label,
                        new TreeMap<>(Map.of("num_leaves", "31")),
                        42,
                        new TreeMap<>(Map.of("lightgbm", "4.3.0")),
                        "Linux amd64, Java 25"),
                new Evaluation(
                        1000,
                        0.41,
                        0.39,
                        0.08,
                        1.05,
                        0.03,
                        List.of(List.of(100, 50, 50), List.of(60, 200, 60), List.of(40, 60, 380)),
                        0.02,
                        -0.01,
                        30,
                        0.001,
                        List.of(new Evaluation.Baseline("majority-class", 0.38, 0.18, 0)),
                        1.1,
                        Optional.empty()),
                trainedAt,
                Duration.ofDays(7));
    }

    /**
     * Adds predictions of these versions at minutes {@code from} (inclusive) to {@code to} (exclusive) in one event.
     */
    public MarketScript predictions(
            LocalDate day, int from, int to, List<Integer> versions, PredictionOrigin origin, Instant recordedAt) {
        List<Integer> version = new ArrayList<>();
        List<Integer> minutes = new ArrayList<>();
        List<Integer> revisions = new ArrayList<>();
        List<Double> sell = new ArrayList<>();
        List<Double> hold = new ArrayList<>();
        List<Double> buy = new ArrayList<>();
        List<PredictionOrigin> origins = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            for (int i = 0; i < versions.size(); i++) {
                double a = random.nextDouble();
                double b = random.nextDouble() * (1 - a);
                version.add(i);
                minutes.add(minute);
                revisions.add(0);
                sell.add(a);
                hold.add(b);
                buy.add(1 - a - b);
                origins.add(origin);
            }
        }
        PredictionDayId id = new PredictionDayId(day(day));
        add(
                "PredictionDay",
                id.toString(),
                new PredictionsRecorded(
                        id,
                        recordedAt,
                        new Predictions(
                                versions.stream().map(this::version).toList(),
                                versions.stream().map(ignored -> SCORER).toList(),
                                version,
                                minutes,
                                revisions,
                                sell,
                                hold,
                                buy),
                        origins));
        return this;
    }
}
