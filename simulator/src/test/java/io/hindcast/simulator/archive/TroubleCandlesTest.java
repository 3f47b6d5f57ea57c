package io.hindcast.simulator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.SharedData;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in forms that users met in practice. {@link KlineFormsTest} generates similar ones. */
class TroubleCandlesTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");

    private static ArchiveTape open(String name) {
        return ArchiveTape.open(BTC, SharedData.file("trouble/candles/" + name));
    }

    @ParameterizedTest
    @CsvSource({
        "repacked.zip, 60, 0, 2024-03-01T00:00:00Z",
        "header-in-the-middle.csv, 39, 0, 2024-03-01T23:40:00Z",
        "other-bomcrlf.csv, 39, 0, 2024-03-01T00:00:00Z",
        "other-index.csv, 39, 0, 2024-03-01T00:00:00Z",
        "other-newestfirst.csv, 40, 0, 2024-03-04T23:20:00Z",
        "other-quoted.csv, 40, 0, 2024-03-01T00:00:00Z",
        "other-seconds.csv, 40, 0, 2024-03-01T00:00:00Z",
        "other-semicolons.csv, 39, 0, 2024-03-01T00:00:00Z",
        "other-trailingcomma.csv, 40, 0, 2024-03-01T00:00:00Z",
        "other-utf16.csv, 19, 1, 2024-03-01T00:00:00Z"
    })
    void readsUnambiguousFiles(String name, int bars, int cutOff, Instant first) {
        ArchiveTape tape = open(name);
        assertThat(tape.bars()).isEqualTo(bars);
        assertThat(tape.firstOpenTime()).isEqualTo(first);
        assertThat(tape.unusable().count()).isEqualTo(cutOff);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "five-minutes-BTCUSDT-1m.csv|candles of 5 minutes (5m)|one-minute candles (1m)",
                "one-hour-BTCUSDT-1m.csv|candles of 1 hour (1h)|one-minute candles (1m)",
                "other-comment.csv|taker_buy_base, taker_buy_quote|hindcast archive",
                "other-excel.csv|'1.70925E+12', rounded by a spreadsheet|format the column as whole numbers",
                "other-freqtrade.json|6 columns|hindcast archive",
                "other-iso.csv|'2024-03-01 00:00:00', a time without a zone|2024-03-01T00:00:00Z",
                "other-sixcolumns.csv|without quote_volume, trades, taker_buy_base, taker_buy_quote|hindcast archive"
            })
    void refusesOtherFilesInOneLineWithFindingExpectationAndRemedy(String name, String found, String expected) {
        SharedData.file("trouble/candles/" + name);
        assertThatThrownBy(() -> open(name))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(found)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void leavesOutRowsThatAreOffTheMinute() {
        ArchiveTape tape = open("off-the-minute.csv");
        assertThat(tape.bars()).isEqualTo(20);
        assertThat(tape.lastOpenTime()).contains(Instant.parse("2018-02-07T23:59:00Z"));
        assertThat(tape.unusable().count()).isEqualTo(20);
        assertThat(tape.unusable().toString())
                .contains("20 rows")
                .contains("2018-02-09T09:30:14.789Z")
                .contains("2018-02-09T09:49:14.789Z")
                .contains("a whole minute");
    }

    @Test
    void findsTheSymbolInsideARepackedZip() {
        assertThat(ArchiveTape.open(SharedData.file("trouble/candles/repacked.zip"))
                        .symbol())
                .isEqualTo(BTC);
    }
}
