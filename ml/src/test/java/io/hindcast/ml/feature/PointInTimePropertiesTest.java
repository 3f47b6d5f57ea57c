package io.hindcast.ml.feature;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.ml.RandomMarket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * In whatever order bars arrive, are revised, filled in late and read, the features equal a plain fold of the bars
 * known then. Compares bits, not numbers.
 */
class PointInTimePropertiesTest {

    private static final FeatureSet SET = FeatureSet.priceV1();
    private static final int DAY = 1440;

    @Property(tries = 12)
    void streamingEqualsBatch(@ForAll long seed) {
        List<KnownBar> log = log(seed);
        PointInTimeFeatures stream = new PointInTimeFeatures(SET);
        Map<Long, double[]> live = new HashMap<>();
        for (KnownBar known : log) {
            stream.record(known);
            if (known.revision() == 0) {
                live.put(known.bar().openTime(), stream.at(known.bar().openTime()));
            }
        }
        PointInTimeFeatures batch = holding(log);
        new TreeMap<>(live).forEach((openTime, features) -> assertSame(batch.at(openTime), features, openTime));
    }

    @Property(tries = 4)
    void windowsAreEqualInStreamAndBatchAndHoldNoLaterKnowledge(@ForAll long seed) {
        int bars = 16;
        List<KnownBar> log = log(seed);
        Map<Long, Long> firstKnown = new HashMap<>();
        log.stream()
                .filter(known -> known.revision() == 0)
                .forEach(known -> firstKnown.put(known.bar().openTime(), known.knownAt()));
        PointInTimeFeatures stream = new PointInTimeFeatures(SET);
        Map<Long, double[]> live = new TreeMap<>();
        for (KnownBar known : log) {
            stream.record(known);
            if (known.revision() == 0) {
                live.put(known.bar().openTime(), stream.window(known.bar().openTime(), bars));
            }
        }
        PointInTimeFeatures batch = holding(log);
        live.forEach((openTime, window) -> {
            assertSame(batch.window(openTime, bars), window, openTime);
            boolean broken = false;
            for (int back = 0; back < bars; back++) {
                long t = openTime - back * MINUTE;
                double[] step = Arrays.copyOfRange(window, (bars - 1 - back) * SET.size(), (bars - back) * SET.size());
                broken |= firstKnown.getOrDefault(t, Long.MAX_VALUE) > firstKnown.getOrDefault(openTime, 0L);
                if (broken) {
                    assertThat(step).containsOnly(Double.NaN);
                } else {
                    assertSame(step, batch.at(t), t);
                }
            }
        });
    }

    @Property(tries = 6)
    void featuresEqualAPlainFoldOfTheBarsKnownThen(@ForAll long seed) {
        List<KnownBar> log = log(seed);
        PointInTimeFeatures features = holding(log);
        List<Long> asked = openTimes(log);
        RandomGenerator random = RandomMarket.random(seed);
        for (int i = 0; i < 60; i++) {
            long openTime = asked.get(random.nextInt(asked.size()));
            assertSame(features.at(openTime), plainFold(log, openTime), openTime);
        }
    }

    @Property(tries = 6)
    void orderAndRepetitionOfArrivalChangeNothing(@ForAll long seed) {
        List<KnownBar> log = log(seed);
        List<KnownBar> shuffled = new ArrayList<>(log);
        shuffled.addAll(log.subList(0, log.size() / 3));
        Collections.shuffle(shuffled, new Random(seed));
        PointInTimeFeatures inOrder = holding(log);
        PointInTimeFeatures anyOrder = holding(shuffled);
        for (long openTime : openTimes(log)) {
            assertSame(anyOrder.at(openTime), inOrder.at(openTime), openTime);
        }
    }

    @Property(tries = 6)
    void readingBetweenArrivalsChangesNothing(@ForAll long seed) {
        List<KnownBar> log = log(seed);
        PointInTimeFeatures untouched = holding(log);
        PointInTimeFeatures asked = new PointInTimeFeatures(SET);
        RandomGenerator random = RandomMarket.random(seed);
        List<Long> arrived = new ArrayList<>();
        for (KnownBar known : log) {
            asked.record(known);
            if (known.revision() == 0) {
                arrived.add(known.bar().openTime());
            }
            if (random.nextInt(100) == 0) {
                asked.at(arrived.get(random.nextInt(arrived.size())));
            }
        }
        for (long openTime : openTimes(log)) {
            assertSame(asked.at(openTime), untouched.at(openTime), openTime);
        }
    }

    @Property(tries = 6)
    void aRestartInTheMiddleChangesNothing(@ForAll long seed) {
        List<KnownBar> log = log(seed);
        PointInTimeFeatures through = new PointInTimeFeatures(SET);
        int restart = log.size() / 4 + new Random(seed).nextInt(log.size() / 2);
        @Nullable PointInTimeFeatures restarted = null;
        for (int i = 0; i < log.size(); i++) {
            KnownBar known = log.get(i);
            through.record(known);
            if (i == restart) {
                restarted = holding(log.subList(0, restart));
            }
            if (restarted != null) {
                restarted.record(known);
            }
            if (known.revision() == 0) {
                double[] features = through.at(known.bar().openTime());
                if (restarted != null) {
                    assertSame(
                            restarted.at(known.bar().openTime()),
                            features,
                            known.bar().openTime());
                }
            }
        }
    }

    @Property(tries = 6)
    void discardedDataWasNotNeeded(@ForAll long seed) {
        List<KnownBar> log = log(seed);
        PointInTimeFeatures whole = holding(log);
        PointInTimeFeatures lean = holding(log);
        lean.forgetBefore(MIDNIGHT + 2L * DAY * MINUTE);
        for (long openTime : openTimes(log)) {
            if (openTime >= MIDNIGHT + 2L * DAY * MINUTE) {
                assertSame(lean.at(openTime), whole.at(openTime), openTime);
            }
        }
    }

    @Example
    void aRevisionChangesOnlyBarsThatBecameKnownLater() {
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 600, 11);
        List<KnownBar> log = new ArrayList<>(RandomMarket.asHistory(bars));
        PointInTimeFeatures before = holding(log);
        Bar old = bars.get(300);
        Bar corrected = new Bar(
                old.openTime(), old.open(), 2 * old.high(), old.low(), 2 * old.high(), old.volume(), 1, 1, 0, 0);
        PointInTimeFeatures after = holding(log);
        after.record(new KnownBar(corrected, 1, bars.get(400).openTime() + MINUTE));
        for (int i = 0; i < 600; i++) {
            long openTime = bars.get(i).openTime();
            if (i < 400) {
                assertSame(after.at(openTime), before.at(openTime), openTime);
            } else {
                assertThat(after.at(openTime)).as("bar %s", i).isNotEqualTo(before.at(openTime));
            }
        }
    }

    @Example
    void rejectsMissingAndDiscardedBarsWithAReason() {
        PointInTimeFeatures features = holding(RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 10, 1)));
        assertThatThrownBy(() -> features.at(MIDNIGHT + 10 * MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2024-03-04T00:10:00Z");
        features.forgetBefore(MIDNIGHT + 2L * DAY * MINUTE);
        assertThatThrownBy(() -> features.at(MIDNIGHT)).hasMessageContaining("forgotten");
        Bar odd = new Bar(MIDNIGHT + 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThatThrownBy(() -> features.record(new KnownBar(odd, 0, 1))).hasMessageContaining("whole minute");
    }

    /**
     * Returns three days as a log, in the order in which bars became known: with gaps, late bars, gaps filled hours
     * later, and corrections.
     */
    private static List<KnownBar> log(long seed) {
        RandomGenerator random = RandomMarket.random(seed);
        List<KnownBar> log = new ArrayList<>();
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 3 * DAY, seed);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            long closed = bar.openTime() + MINUTE;
            int fate = random.nextInt(400);
            if (fate == 0) {
                i += random.nextInt(20);
            } else if (fate == 1) {
                log.add(new KnownBar(bar, 0, closed + random.nextInt(1, 300) * MINUTE));
            } else {
                log.add(new KnownBar(bar, 0, closed + random.nextInt(500)));
                if (fate == 2) {
                    Bar other = new Bar(
                            bar.openTime(),
                            bar.open(),
                            bar.high() * 1.01,
                            bar.low(),
                            bar.high() * 1.005,
                            bar.volume() + 1,
                            bar.quoteVolume(),
                            bar.trades(),
                            bar.takerBuyVolume(),
                            bar.takerBuyQuoteVolume());
                    log.add(new KnownBar(other, 1, closed + 1000 + random.nextInt(2000) * MINUTE));
                }
            }
        }
        log.sort(Comparator.comparingLong(KnownBar::knownAt));
        return log;
    }

    /** Computes the definition literally, without optimisation. */
    private static double[] plainFold(List<KnownBar> log, long openTime) {
        long moment = log.stream()
                .filter(k -> k.bar().openTime() == openTime && k.revision() == 0)
                .findFirst()
                .orElseThrow()
                .knownAt();
        long day = DAY * MINUTE;
        long anchor = Math.floorDiv(openTime, day) * day - SET.anchorDays() * day;
        TreeMap<Long, KnownBar> known = new TreeMap<>();
        for (KnownBar k : log) {
            long t = k.bar().openTime();
            if (t >= anchor && t <= openTime && k.knownAt() <= moment) {
                known.merge(t, k, (a, b) -> a.revision() > b.revision() ? a : b);
            }
        }
        FeatureFold fold = new PriceFold();
        for (long t = anchor; t <= openTime; t += MINUTE) {
            KnownBar k = known.get(t);
            if (k == null) {
                fold.restart();
            } else {
                fold.add(k.bar());
            }
        }
        double[] out = new double[SET.size()];
        fold.read(out);
        return out;
    }

    private static PointInTimeFeatures holding(List<KnownBar> log) {
        PointInTimeFeatures features = new PointInTimeFeatures(SET);
        log.forEach(features::record);
        return features;
    }

    private static List<Long> openTimes(List<KnownBar> log) {
        return log.stream()
                .filter(k -> k.revision() == 0)
                .map(k -> k.bar().openTime())
                .sorted()
                .toList();
    }

    private static void assertSame(double[] actual, double[] expected, long openTime) {
        for (int c = 0; c < expected.length; c++) {
            if (Double.doubleToLongBits(actual[c]) != Double.doubleToLongBits(expected[c])) {
                assertThat(actual[c])
                        .as("%s of the bar at %s", SET.names().get(c), openTime)
                        .isEqualTo(expected[c]);
            }
        }
    }
}
