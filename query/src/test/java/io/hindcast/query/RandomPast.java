package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingProgress;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.NewsScript;
import io.hindcast.projections.RegistryScript;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.eventhandling.EventMessage;

/**
 * Two days of a market in which facts become known in an order drawn from a seed: bars in time, late or never, revised
 * once or more; predictions live, late, computed afterwards, or both; promotions and a rollback; a training cycle;
 * articles that are fetched, corrected, scored twice and measured.
 */
final class RandomPast {

    static final LocalDate HISTORY = LocalDate.of(2022, 1, 1);
    static final LocalDate LIVE = LocalDate.of(2022, 1, 2);
    private static final int END = 2 * 1440 - 60;

    final MarketScript script;
    final NewsScript news;
    private final RegistryScript registry;
    private final SplittableRandom random;
    private final TrainingRunId run;
    private int minute;
    private int steps;
    private int articles;
    /** Minutes since the first live day whose bars are missing, and those that have bars. */
    private final TreeSet<Integer> missing = new TreeSet<>();

    private final TreeMap<Integer, Integer> revisions = new TreeMap<>();
    private final TreeSet<Integer> notPredicted = new TreeSet<>();
    private final List<Integer> corrected = new ArrayList<>();

    RandomPast(long seed) {
        script = new MarketScript("BTCUSDT", seed);
        news = new NewsScript(script);
        registry = new RegistryScript(script);
        random = new SplittableRandom(seed);
        run = new TrainingRunId(script.symbol(), 1, ModelFamily.LIGHTGBM, 1);
    }

    /** Returns the moment up to which everything was recorded. */
    Instant now() {
        return time(minute);
    }

    private static Instant time(int minute) {
        return at(LIVE, minute);
    }

    private static LocalDate day(int minute) {
        return LIVE.plusDays(minute / 1440);
    }

    boolean hasNext() {
        return minute < END;
    }

    /** Returns the events of the next 40 to 190 minutes. */
    List<EventMessage<?>> next() {
        if (steps == 0) {
            script.open(time(0)).history(HISTORY).wentLive(time(0)).model(1, LabelSpec.DEFAULT, time(0));
            news.models(1, time(0));
        }
        int from = minute;
        minute = Math.min(END, minute + 40 + random.nextInt(150));
        for (int bar = from; bar < minute; bar++) {
            bar(bar);
        }
        repair();
        revise();
        predictLate();
        backfill();
        news();
        train();
        promote();
        steps++;
        return script.take();
    }

    /** A bar that opens at {@code bar} and the predictions about it, both known when it closes. */
    private void bar(int bar) {
        if (random.nextInt(100) < 5) {
            missing.add(bar);
            gap(bar, new GapDetected(script.day(day(bar)), bar % 1440, bar % 1440, time(bar + 1)));
            return;
        }
        revisions.put(bar, 0);
        script.candles(day(bar), List.of(script.next(time(bar))), 0, CandleSource.LIVE, time(bar + 1));
        if (random.nextInt(100) < 15) {
            notPredicted.add(bar);
        } else {
            predict(bar, PredictionOrigin.LIVE, time(bar + 1));
        }
    }

    private void gap(int bar, Object event) {
        script.event("MarketDay", script.day(day(bar)).toString(), event);
    }

    private void predict(int bar, PredictionOrigin origin, Instant recordedAt) {
        script.predictions(
                day(bar), bar % 1440, bar % 1440 + 1, steps > 10 ? List.of(1, 2) : List.of(1), origin, recordedAt);
    }

    private static int some(NavigableSet<Integer> from, SplittableRandom random) {
        return from.stream().skip(random.nextInt(from.size())).findFirst().orElseThrow();
    }

    private void repair() {
        for (int i = random.nextInt(10); i > 0 && !missing.isEmpty(); i--) {
            int bar = some(missing, random);
            missing.remove(bar);
            if (random.nextInt(4) == 0) {
                gap(bar, new GapConfirmed(script.day(day(bar)), bar % 1440, bar % 1440, now()));
                continue;
            }
            revisions.put(bar, 0);
            notPredicted.add(bar);
            script.candles(day(bar), List.of(script.next(time(bar))), 0, CandleSource.REPAIR, now());
            gap(bar, new GapRepaired(script.day(day(bar)), bar % 1440, bar % 1440, now()));
        }
    }

    private void revise() {
        for (int i = random.nextInt(8); i > 0 && !revisions.isEmpty(); i--) {
            int bar = revisions.firstKey() + random.nextInt(revisions.lastKey() - revisions.firstKey() + 1);
            Integer held = revisions.get(bar);
            if (held != null) {
                revisions.put(bar, held + 1);
                Candle next = script.next(time(bar));
                script.candles(day(bar), List.of(next), held + 1, CandleSource.REPAIR, now());
            }
        }
    }

    private void predictLate() {
        for (int i = random.nextInt(12); i > 0 && !notPredicted.isEmpty(); i--) {
            int bar = some(notPredicted, random);
            notPredicted.remove(bar);
            predict(bar, PredictionOrigin.LATE, now());
        }
    }

    /** Computes a stretch of the past, in which some bars have predictions and others get one of the lane later. */
    private void backfill() {
        if (random.nextInt(2) == 0) {
            int from = random.nextInt(minute - 5) / 5 * 5;
            int length = Math.min(30, 1440 - from % 1440);
            script.backfill(
                    day(from), from % 1440, Math.min(from % 1440 + length, from % 1440 + minute - from), 1, now());
        }
    }

    private void news() {
        if (random.nextInt(2) == 0) {
            String name = "n" + articles++;
            Instant published = time(minute).minusSeconds(random.nextInt(3000));
            Optional<NearDuplicate> original = articles > 2 && random.nextInt(4) == 0
                    ? Optional.of(new NearDuplicate(news.id("n" + (articles - 2)), 0.75))
                    : Optional.empty();
            news.article(name, "Bitcoin rises " + articles, "It rose by day.", published, now(), original);
        }
        if (articles > 0) {
            int one = random.nextInt(articles);
            String name = "n" + one;
            switch (random.nextInt(6)) {
                case 0 -> {
                    corrected.add(one);
                    int revision = (int)
                            corrected.stream().filter(other -> other == one).count();
                    news.revised(name, revision, "Bitcoin falls " + revision, "It fell after all.", now());
                    news.scored(name, revision, versions(), random.nextInt(8) / 10.0, now());
                }
                case 1 -> news.scored(name, 0, versions(), random.nextInt(8) / 10.0, now());
                case 2 -> news.measured(name, random.nextInt(20) / 10.0 - 1, now());
                case 3 -> news.about(name, new Symbol("XRPUSDT"), now());
                default -> {}
            }
        }
    }

    private int versions() {
        return steps > 20 ? 2 : 1;
    }

    private void train() {
        TrainingSpec spec = new TrainingSpec(LabelSpec.DEFAULT, at(HISTORY, 0), time(0), 7);
        DatasetRef dataset = new DatasetRef(
                new ArtifactRef("ab".repeat(32), 1000),
                new LogPosition(script.day(HISTORY).toString(), 0),
                1440,
                1440,
                0,
                new FeatureSetRef("price-v1", "ef".repeat(32)));
        switch (steps) {
            case 2 ->
                program(new TrainingCycleRequested(
                        script.symbol(), 1, "first", List.of(ModelFamily.LIGHTGBM), spec, now(), Optional.empty()));
            case 3 -> program(new DatasetRecorded(script.symbol(), 1, dataset, now()));
            case 4 -> program(new TrainingRunQueued(run, spec, dataset, now()));
            case 5 ->
                program(new TrainingRunLaunched(
                        run, 1, "local", "machine", "cd".repeat(32), new TreeMap<>(Map.of("rounds", "3")), now()));
            case 6 -> program(new TrainingRunClaimed(run, 1, "worker", now()));
            case 7, 8 ->
                script.event(
                        "RunProgress",
                        TrainingProgramId.progressOf(run),
                        new TrainingProgressRecorded(
                                run,
                                new TrainingProgress(
                                        1,
                                        steps - 6,
                                        List.of(steps, steps + 10),
                                        new TreeMap<>(Map.of("loss", List.of(1.1, 1.0)))),
                                now()));
            case 9 ->
                program(new TrainingRunFailed(run, new TrainingFailure("out of memory", "Give it more", false), now()));
            case 11 -> program(new TrainingCycleEnded(script.symbol(), 1, 0, 1, now()));
            default -> {}
        }
    }

    private void program(Object event) {
        script.event("TrainingProgram", TrainingProgramId.of(script.symbol()), event);
    }

    private void promote() {
        switch (steps) {
            case 10 -> script.model(2, new LabelSpec(5, 0.05), now());
            case 11 ->
                script.model(new LaneJoined(
                        script.version(2), new LogPosition(script.day(LIVE).toString(), 0), now()));
            case 12 -> script.model(new BackfillBegun(script.version(2), at(HISTORY, 0), now(), 2, now()));
            case 13 -> script.backfill(HISTORY, 0, 1440, 2, now());
            case 14 -> script.backfill(LIVE, 0, 200, 2, now());
            case 15 ->
                script.model(
                        new BackfillCompleted(script.version(2), new Backfill(at(HISTORY, 0), now(), 2, 1640), now()));
            case 18 -> registry.decisions(now().minusSeconds(240));
            case 20 -> news.models(2, now());
            default -> {}
        }
    }
}
