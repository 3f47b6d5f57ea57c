package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.PredictionsRecorded;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The candles, predictions and lanes of a log in log order, from either event store. */
final class LogContents {

    private static final JsonMapper JSON = HindcastJson.mapper();
    private static final Map<String, Class<?>> TYPES = Map.of(
            CandlesRecorded.class.getName(), CandlesRecorded.class,
            PredictionsRecorded.class.getName(), PredictionsRecorded.class,
            BackfillDayRecorded.class.getName(), BackfillDayRecorded.class,
            LaneJoined.class.getName(), LaneJoined.class,
            LaneLeft.class.getName(), LaneLeft.class);

    /** Bars before the first one with features. */
    private static final Duration LONGEST_WARM_UP = Duration.ofDays(2);

    private record Entry(LogPosition position, Object payload) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Returns the event types that are collected. */
    static Set<String> types() {
        return TYPES.keySet();
    }

    void add(String aggregateId, long sequence, String type, byte[] payload) {
        Class<?> known = TYPES.get(type);
        if (known != null) {
            try {
                entries.add(new Entry(new LogPosition(aggregateId, sequence), JSON.readValue(payload, known)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Asserts each bar once without a gap, and of each lane one prediction for each bar since it joined. */
    void assertEveryBarAndEveryPredictionOnce() {
        NavigableMap<Instant, Integer> bars = everyBarOnce();
        Map<String, NavigableMap<Instant, Integer>> predictions = recordingsOfPredictions();
        // Lanes that predict bars.
        List<LaneJoined> joins = payloads(LaneJoined.class).stream()
                .filter(join -> join.version().model().family() != ModelFamily.TRL)
                .toList();
        assertThat(joins).as("lanes").isNotEmpty();
        for (LaneJoined join : joins) {
            NavigableMap<Instant, Integer> predicted =
                    predictions.get(join.version().toString());
            assertThat(predicted).as("predictions of %s", join.version()).isNotNull();
            assertThat(predicted.keySet())
                    .as("bars that %s predicted, from the first after it joined", join.version())
                    .containsExactlyElementsOf(everyMinute(firstBarAfter(join.cut()), predicted.lastKey()));
            assertThat(predicted.values()).as("predictions of each bar").containsOnly(1);
            // The last few bars may have closed while the process was stopping.
            assertThat(predicted.lastKey()).isAfter(bars.lastKey().minus(Duration.ofHours(2)));
        }
    }

    /**
     * Asserts each bar once without a gap, and of each version that had a lane one prediction for each bar, those of
     * its lane and its backfill together: from its first bar with features to its leaving or the end of the log.
     */
    void assertEveryVersionHasACompletePast() {
        NavigableMap<Instant, Integer> bars = everyBarOnce();
        Map<String, NavigableMap<Instant, Integer>> predictions = recordingsOfPredictions();
        for (BackfillDayRecorded event : payloads(BackfillDayRecorded.class)) {
            NavigableMap<Instant, Integer> times =
                    predictions.computeIfAbsent(event.backfillDay().version().toString(), v -> new TreeMap<>());
            Instant midnight = event.backfillDay().day().atStartOfDay().toInstant(ZoneOffset.UTC);
            event.bars()
                    .minute()
                    .forEach(minute -> times.merge(midnight.plus(Duration.ofMinutes(minute)), 1, Integer::sum));
        }
        List<LaneJoined> joins = payloads(LaneJoined.class).stream()
                .filter(join -> join.version().model().family() != ModelFamily.TRL)
                .toList();
        assertThat(joins).as("lanes").isNotEmpty();
        for (LaneJoined join : joins) {
            NavigableMap<Instant, Integer> predicted =
                    predictions.get(join.version().toString());
            assertThat(predicted).as("predictions of %s", join.version()).isNotNull();
            Instant last = payloads(LaneLeft.class).stream()
                    .filter(left -> left.version().equals(join.version()))
                    .findFirst()
                    .map(left -> firstBarAfter(left.cut()).minus(Duration.ofMinutes(1)))
                    .orElse(predicted.lastKey());
            assertThat(predicted.keySet())
                    .as("bars that %s predicted", join.version())
                    .containsExactlyElementsOf(everyMinute(predicted.firstKey(), last));
            assertThat(predicted.values())
                    .as("predictions of each bar by %s", join.version())
                    .containsOnly(1);
            assertThat(predicted.firstKey())
                    .as("first bar that %s predicted", join.version())
                    .isBefore(bars.firstKey().plus(LONGEST_WARM_UP));
        }
    }

    private NavigableMap<Instant, Integer> everyBarOnce() {
        NavigableMap<Instant, Integer> bars = recordingsOfBars();
        assertThat(bars.keySet())
                .as("bars, without a hole")
                .containsExactlyElementsOf(everyMinute(bars.firstKey(), bars.lastKey()));
        assertThat(bars.values()).as("recordings of each bar").containsOnly(1);
        return bars;
    }

    /** How often each bar's first revision was recorded, by open time. */
    private NavigableMap<Instant, Integer> recordingsOfBars() {
        NavigableMap<Instant, Integer> times = new TreeMap<>();
        for (CandlesRecorded event : payloads(CandlesRecorded.class)) {
            for (int row = 0; row < event.candles().size(); row++) {
                if (event.revision().get(row) == 0) {
                    times.merge(event.candles().openTime(event.day(), row), 1, Integer::sum);
                }
            }
        }
        return times;
    }

    /** How often a version's prediction about each bar was recorded, by version and open time. */
    private Map<String, NavigableMap<Instant, Integer>> recordingsOfPredictions() {
        Map<String, NavigableMap<Instant, Integer>> times = new TreeMap<>();
        for (PredictionsRecorded event : payloads(PredictionsRecorded.class)) {
            for (int row = 0; row < event.predictions().size(); row++) {
                times.computeIfAbsent(event.predictions().versionOf(row).toString(), v -> new TreeMap<>())
                        .merge(event.openTime(row), 1, Integer::sum);
            }
        }
        return times;
    }

    /** The first bar recorded after an event of the log. */
    private Instant firstBarAfter(LogPosition position) {
        boolean after = false;
        for (Entry entry : entries) {
            if (after && entry.payload() instanceof CandlesRecorded event) {
                return event.candles().openTime(event.day(), 0);
            }
            after |= entry.position().equals(position);
        }
        throw new AssertionError("no bar was recorded after " + position);
    }

    private <T> List<T> payloads(Class<T> type) {
        return entries.stream()
                .map(Entry::payload)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static List<Instant> everyMinute(Instant first, Instant last) {
        List<Instant> minutes = new ArrayList<>();
        for (Instant t = first; !t.isAfter(last); t = t.plus(Duration.ofMinutes(1))) {
            minutes.add(t);
        }
        return minutes;
    }
}
