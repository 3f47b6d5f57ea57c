package io.hindcast.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {

    /** The slots after versions 1 to n were promoted in turn. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                //  n | baseline | previous | current | archived                   | purged by the last
                "  0, -,          -,         -,        '',                          ''",
                "  1, 1,          -,         -,        '',                          ''",
                "  2, 1,          -,         2,        '',                          ''",
                "  3, 1,          2,         3,        '',                          ''",
                "  4, 1,          3,         4,        '2',                         ''",
                "  5, 1,          4,         5,        '3 2',                       ''",
                " 13, 1,         12,        13,        '11 10 9 8 7 6 5 4 3 2',     ''",
                " 14, 1,         13,        14,        '12 11 10 9 8 7 6 5 4 3',    '2'",
                " 15, 1,         14,        15,        '13 12 11 10 9 8 7 6 5 4',   '3'"
            })
    void promotesVersionsThroughTheSlotsIntoTheArchive(
            int n, Integer baseline, Integer previous, Integer current, String archived, String purged) {
        Slots slots = Slots.EMPTY;
        List<Integer> lastPurged = List.of();
        for (int number = 1; number <= n; number++) {
            Slots.Promotion promotion = slots.promote(number);
            slots = promotion.slots();
            lastPurged = promotion.purged();
        }
        assertThat(slots.in(Slot.BASELINE).orElse(null)).isEqualTo(baseline);
        assertThat(slots.in(Slot.PREVIOUS).orElse(null)).isEqualTo(previous);
        assertThat(slots.in(Slot.CURRENT).orElse(null)).isEqualTo(current);
        assertThat(slots.archived()).isEqualTo(numbers(archived));
        assertThat(lastPurged).isEqualTo(numbers(purged));
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.trim().split(" ", -1)) {
            if (!number.isEmpty()) {
                numbers.add(Integer.valueOf(number));
            }
        }
        return numbers;
    }

    @Test
    void firstPromotedVersionFillsTheBaselineWhateverItsNumber() {
        assertThat(Slots.EMPTY.promote(3).slots().in(Slot.BASELINE)).contains(3);
    }
}
