package io.hindcast.ml.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.Trained;
import org.junit.jupiter.api.Test;

/** Splits with given training and test periods. */
class ChosenPeriodsTest {

    private static final Dataset DATASET = Trained.dataset(6_000, 5);
    private static final long MINUTE = RandomMarket.MINUTE;

    @Test
    void findsTheRowsBetweenTwoMoments() {
        long from = RandomMarket.MIDNIGHT + 1_000 * MINUTE;
        RowRange rows = DATASET.rowsBetween(from, from + 99 * MINUTE);
        assertThat(rows.size()).isEqualTo(100);
        assertThat(DATASET.openTime(rows.from())).isEqualTo(from);
        assertThat(DATASET.openTime(rows.to() - 1)).isEqualTo(from + 99 * MINUTE);
        assertThat(DATASET.rowsBetween(0, RandomMarket.MIDNIGHT - 1).isEmpty()).isTrue();
        assertThat(DATASET.rowsBetween(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2).isEmpty())
                .isTrue();
    }

    @Test
    void validationIsTheEndOfTheTrainingPeriodAndNoOutcomeIsShared() {
        RowRange training = new RowRange(0, 4_000);
        RowRange test = new RowRange(4_000, 5_000);
        Split split = ChronologicalSplitter.DEFAULT.split(DATASET, training, test);
        assertThat(split.train().from()).isZero();
        assertThat(split.validation().from()).isEqualTo(3_400);
        assertThat(split.test()).isEqualTo(test);
        long apart = 2 * MINUTE;
        assertThat(DATASET.openTime(split.validation().from())
                        - DATASET.openTime(split.train().to() - 1))
                .isGreaterThan(apart);
        assertThat(DATASET.openTime(test.from())
                        - DATASET.openTime(split.validation().to() - 1))
                .isGreaterThan(apart);
    }

    @Test
    void rowsBetweenTrainingAndTestAreInNeither() {
        Split split = ChronologicalSplitter.DEFAULT.split(DATASET, new RowRange(0, 2_000), new RowRange(4_000, 5_000));
        assertThat(split.validation()).isEqualTo(new RowRange(1_700, 2_000));
    }

    @Test
    void rejectsPeriodsInTheWrongOrderOrWithoutRows() {
        assertThatThrownBy(() -> ChronologicalSplitter.DEFAULT.split(
                        DATASET, new RowRange(0, 2_000), new RowRange(1_999, 3_000)))
                .hasMessageContaining("training rows before the test rows");
        assertThatThrownBy(() -> ChronologicalSplitter.DEFAULT.split(DATASET, new RowRange(0, 3), new RowRange(10, 20)))
                .hasMessageContaining("too short");
        assertThatThrownBy(() -> ChronologicalSplitter.DEFAULT.split(
                        DATASET, new RowRange(0, 2_000), new RowRange(2_500, 2_500)))
                .hasMessageContaining("too short");
    }
}
