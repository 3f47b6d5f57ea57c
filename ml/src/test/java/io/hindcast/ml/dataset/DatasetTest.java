package io.hindcast.ml.dataset;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final LabelSpec FIVE_BARS = new LabelSpec(5, 0.015);

    @Test
    void aRowHasTheFeaturesAndTheOutcomeOfItsBar() {
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 500, 1);
        Dataset dataset = build(RandomMarket.asHistory(bars), FIVE_BARS, 0, 499);
        PointInTimeFeatures features = new PointInTimeFeatures(FeatureSet.priceV1());
        RandomMarket.asHistory(bars).forEach(features::record);
        assertThat(dataset.rows()).isEqualTo(495);
        for (int row = 0; row < dataset.rows(); row++) {
            Bar bar = bars.get(row);
            assertThat(dataset.openTime(row)).isEqualTo(bar.openTime());
            assertThat(dataset.matrix(new RowRange(row, row + 1))).isEqualTo(features.at(bar.openTime()));
            assertThat(dataset.outcome(row))
                    .isEqualTo(FIVE_BARS.outcome(bar.close(), bars.get(row + 5).close()));
            assertThat(dataset.nextReturn(row)).isEqualTo(bars.get(row + 1).close() / bar.close() - 1);
        }
        assertThat(dataset.previousReturn(0)).isNaN();
        assertThat(dataset.previousReturn(1))
                .isEqualTo(bars.get(1).close() / bars.get(0).close() - 1);
    }

    @Test
    void aHorizonThatCrossesAGapGivesNoLabel() {
        List<KnownBar> bars = new ArrayList<>(RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 100, 1)));
        bars.remove(50);
        Dataset dataset = build(bars, FIVE_BARS, 0, 99);
        List<Long> minutes = new ArrayList<>();
        for (int row = 0; row < dataset.rows(); row++) {
            minutes.add((dataset.openTime(row) - MIDNIGHT) / MINUTE);
        }
        assertThat(minutes).doesNotContain(45L, 46L, 47L, 48L, 49L, 50L, 95L).contains(44L, 51L, 94L);
    }

    @Test
    void barsBeforeTheRangeOnlyWarmUpAndBarsAfterItAreIgnored() {
        List<KnownBar> bars = RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 2000, 1));
        Dataset dataset = build(bars, FIVE_BARS, 1440, 1540);
        assertThat(dataset.rows()).isEqualTo(96);
        assertThat(dataset.openTime(0)).isEqualTo(MIDNIGHT + 1440 * MINUTE);
        assertThat(dataset.feature(0, FeatureSet.priceV1().names().indexOf("vol_240")))
                .as("the day before warms up")
                .isPositive();
        assertThat(build(bars.subList(0, 1541), FIVE_BARS, 1440, 1540).digest()).isEqualTo(dataset.digest());
        assertThat(new DatasetBuilder(FeatureSet.priceV1(), FIVE_BARS)
                        .barsNeededFrom(Instant.parse("2024-03-05T09:30:00Z")))
                .isEqualTo("2024-03-04T00:00:00Z");
    }

    @Test
    void outcomesUseTheHighestRevisionAndFeaturesTheKnownOne() {
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 100, 1);
        List<KnownBar> log = new ArrayList<>(RandomMarket.asHistory(bars));
        Dataset before = build(log, FIVE_BARS, 0, 99);
        Bar old = bars.get(60);
        Bar corrected = new Bar(
                old.openTime(), old.open(), 2 * old.high(), old.low(), 2 * old.close(), old.volume(), 1, 1, 0, 0);
        log.add(new KnownBar(corrected, 1, MIDNIGHT + 200 * MINUTE));
        Dataset after = build(log, FIVE_BARS, 0, 99);
        assertThat(after.matrix(new RowRange(0, after.rows())))
                .isEqualTo(before.matrix(new RowRange(0, before.rows())));
        assertThat(after.nextReturn(59)).isGreaterThan(0.9);
        assertThat(after.digest()).isNotEqualTo(before.digest());
    }

    @Test
    void theDigestDependsOnContentsNotOnOrder() {
        List<KnownBar> bars = RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 300, 1));
        List<KnownBar> shuffled = new ArrayList<>(bars);
        Collections.shuffle(shuffled, new Random(3));
        String digest = build(bars, FIVE_BARS, 0, 299).digest();
        assertThat(build(shuffled, FIVE_BARS, 0, 299).digest())
                .isEqualTo(digest)
                .hasSize(64);
        assertThat(build(bars, new LabelSpec(5, 0.02), 0, 299).digest()).isNotEqualTo(digest);
        assertThat(build(bars, FIVE_BARS, 0, 298).digest()).isNotEqualTo(digest);
    }

    @Test
    void partsOfASplitShareNoOutcomeAndKeepTheEmbargo() {
        Dataset dataset = build(RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 2000, 1)), FIVE_BARS, 0, 1999);
        Split split = new ChronologicalSplitter(0.2, 0.1, 30).split(dataset);
        assertThat(split.test().to()).isEqualTo(dataset.rows());
        assertApart(dataset, split.train(), split.validation(), 35);
        assertApart(dataset, split.validation(), split.test(), 35);
        assertThat(dataset.outcomesReachTo(split.validation()))
                .isEqualTo(dataset.openTime(split.validation().to() - 1) + 5 * MINUTE)
                .isLessThan(dataset.openTime(split.test().from()));
    }

    @Test
    void anEmbargoShorterThanTheHorizonIsTheHorizon() {
        Dataset dataset = build(RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 1000, 1)), FIVE_BARS, 0, 999);
        assertApart(
                dataset,
                ChronologicalSplitter.DEFAULT.split(dataset).train(),
                ChronologicalSplitter.DEFAULT.split(dataset).validation(),
                10);
    }

    @Test
    void rejectsADatasetTooShortToSplit() {
        Dataset dataset = build(RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 20, 1)), FIVE_BARS, 0, 19);
        assertThatThrownBy(() -> ChronologicalSplitter.DEFAULT.split(dataset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15 rows is too short");
    }

    /** Asserts that the last row of a part and the first of the next are more than {@code bars} apart. */
    private static void assertApart(Dataset dataset, RowRange part, RowRange next, int bars) {
        assertThat(part.isEmpty()).isFalse();
        assertThat(dataset.openTime(next.from()) - dataset.openTime(part.to() - 1))
                .isEqualTo((bars + 1) * MINUTE);
    }

    private static Dataset build(List<KnownBar> bars, LabelSpec label, int from, int to) {
        return new DatasetBuilder(FeatureSet.priceV1(), label)
                .build(
                        bars,
                        Instant.ofEpochMilli(MIDNIGHT + from * MINUTE),
                        Instant.ofEpochMilli(MIDNIGHT + to * MINUTE));
    }
}
