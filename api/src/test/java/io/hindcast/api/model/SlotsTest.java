package io.hindcast.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {

    private static Slots promoted(int versions) {
        Slots slots = Slots.EMPTY;
        for (int number = 1; number <= versions; number++) {
            slots = slots.promote(number);
        }
        return slots;
    }

    /** The slots after versions 1 to n were promoted in turn. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                //  n | baseline | previous | current
                "  0, -,          -,         -",
                "  1, 1,          -,         -",
                "  2, 1,          -,         2",
                "  3, 1,          2,         3",
                "  4, 1,          3,         4",
                " 15, 1,         14,        15"
            })
    void promotesVersionsThroughTheSlots(int n, Integer baseline, Integer previous, Integer current) {
        Slots slots = promoted(n);
        assertThat(slots.in(Slot.BASELINE).orElse(null)).isEqualTo(baseline);
        assertThat(slots.in(Slot.PREVIOUS).orElse(null)).isEqualTo(previous);
        assertThat(slots.in(Slot.CURRENT).orElse(null)).isEqualTo(current);
    }

    @Test
    void firstPromotedVersionFillsTheBaselineWhateverItsNumber() {
        assertThat(Slots.EMPTY.promote(3).in(Slot.BASELINE)).contains(3);
    }

    @Test
    void swapsCurrentAndPrevious() {
        assertThat(promoted(4).swap())
                .isEqualTo(new Slots(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 4, Slot.CURRENT, 3)));
    }

    @Test
    void previousMovesUpWhenCurrentLeaves() {
        assertThat(promoted(4).without(4)).isEqualTo(new Slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 3)));
        assertThat(promoted(4).without(3)).isEqualTo(new Slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 4)));
        assertThat(promoted(4).without(2)).isEqualTo(promoted(4));
        assertThat(promoted(4).without(4).without(3).promote(5))
                .isEqualTo(new Slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 5)));
    }
}
