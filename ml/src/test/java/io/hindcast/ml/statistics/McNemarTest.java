package io.hindcast.ml.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

    /** Figures of statsmodels 0.15.0, {@code mcnemar}; the exact ones are also those of scipy 1.17.1, binomtest. */
    @ParameterizedTest
    @CsvSource({
        "3, 9, true, 0.14599609375",
        "10, 14, true, 0.5412561893463135",
        "0, 5, true, 0.0625",
        "7, 7, true, 1",
        "40, 60, false, 0.05743311963200335",
        "120, 85, false, 0.01756497859870555",
    })
    void matchesStatsmodels(long onlyFirst, long onlySecond, boolean exact, double pValue) {
        McNemar test = new McNemar(onlyFirst, onlySecond);
        assertThat(test.isExact()).isEqualTo(exact);
        assertThat(test.pValue()).isCloseTo(pValue, within(1e-12));
    }

    @Test
    void correctsForContinuity() {
        assertThat(new McNemar(40, 60).statistic()).isCloseTo(3.61, within(1e-12));
        assertThat(new McNemar(120, 85).statistic()).isCloseTo(5.639024390243902, within(1e-12));
    }

    @Property
    void doesNotDependOnTheOrder(
            @ForAll @IntRange(min = 0, max = 60) int first, @ForAll @IntRange(min = 0, max = 60) int second) {
        double pValue = new McNemar(first, second).pValue();
        assertThat(pValue).isEqualTo(new McNemar(second, first).pValue()).isBetween(0.0, 1.0);
        assertThat(new McNemar(first, first).pValue()).isEqualTo(1);
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> new McNemar(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
