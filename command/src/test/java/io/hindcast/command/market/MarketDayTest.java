package io.hindcast.command.market;

import static io.hindcast.api.market.CandleSource.HISTORY;
import static io.hindcast.api.market.CandleSource.LIVE;
import static io.hindcast.api.market.CandleSource.REPAIR;
import static io.hindcast.command.RefusedWith.code;
import static io.hindcast.command.market.Bars.DAY;
import static io.hindcast.command.market.Bars.at;
import static io.hindcast.command.market.Bars.bar;
import static io.hindcast.command.market.Bars.bars;
import static io.hindcast.command.market.Bars.columns;
import static io.hindcast.command.market.Bars.record;
import static io.hindcast.command.market.Bars.recorded;

import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.ReportGap;
import java.math.BigDecimal;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class MarketDayTest {

    private final FixtureConfiguration<MarketDay> day = new AggregateTestFixture<>(MarketDay.class);

    @Test
    void recordsLiveBar() {
        RecordCandles command = record(LIVE, bar(0));
        day.givenNoPriorActivity()
                .when(command)
                .expectEvents(recorded(command))
                .expectResultMessagePayload(new CandlesReceipt(1, 0, 0));
    }

    @Test
    void recordsDayOfHistoryInOneEvent() {
        RecordCandles command = record(HISTORY, bars(0, 1439));
        day.givenNoPriorActivity()
                .when(command)
                .expectEvents(recorded(command))
                .expectResultMessagePayload(new CandlesReceipt(1440, 0, 0));
    }

    @Test
    void sortsBarsByMinute() {
        day.givenNoPriorActivity()
                .when(record(LIVE, bar(7), bar(3), bar(5)))
                .expectEvents(recorded(record(LIVE, bar(3), bar(5), bar(7))));
    }

    @Test
    void dropsBarsHeldWithTheSameValues() {
        day.given(recorded(LIVE, bars(0, 2)))
                .when(record(LIVE, bars(0, 2)))
                .expectNoEvents()
                .expectResultMessagePayload(new CandlesReceipt(0, 0, 3));
    }

    @Test
    void recordsOnlyNewBars() {
        day.given(recorded(LIVE, bars(0, 2)))
                .when(record(LIVE, bars(1, 4)))
                .expectEvents(recorded(LIVE, bars(3, 4)))
                .expectResultMessagePayload(new CandlesReceipt(2, 0, 2));
    }

    @Test
    void treatsValuesOfDifferentScaleAsEqual() {
        Candles exact = columns(List.of(bar(0)));
        Candles scaled = new Candles(
                exact.minute(),
                rescaled(exact.open()),
                rescaled(exact.high()),
                rescaled(exact.low()),
                rescaled(exact.close()),
                rescaled(exact.volume()),
                rescaled(exact.quoteVolume()),
                exact.trades(),
                rescaled(exact.takerBuyVolume()),
                rescaled(exact.takerBuyQuoteVolume()));
        day.given(recorded(LIVE, bars(0, 0)))
                .when(new RecordCandles(DAY, LIVE, at(1), scaled))
                .expectNoEvents();
    }

    private static List<BigDecimal> rescaled(List<BigDecimal> column) {
        return column.stream().map(value -> value.setScale(8)).toList();
    }

    @Test
    void recordsCorrectionAsNextRevision() {
        RecordCandles first = record(REPAIR, bar(DAY, 1, 1));
        RecordCandles second = record(LIVE, bar(DAY, 1, 2));
        day.given(recorded(LIVE, bars(0, 2)), recorded(first, 1))
                .when(second)
                .expectEvents(recorded(second, 2))
                .expectResultMessagePayload(new CandlesReceipt(0, 1, 0));
    }

    @Test
    void recordsReturnToEarlierValuesAsRevision() {
        RecordCandles corrected = record(REPAIR, bar(DAY, 1, 1));
        RecordCandles back = record(REPAIR, bar(1));
        day.given(recorded(LIVE, bars(0, 2)), recorded(corrected, 1)).when(back).expectEvents(recorded(back, 2));
    }

    @Test
    void repairCorrectsHistory() {
        RecordCandles correction = record(REPAIR, bar(DAY, 1, 1));
        day.given(recorded(HISTORY, bars(0, 1439))).when(correction).expectEvents(recorded(correction, 1));
    }

    @Test
    void refusesHistoryThatDiffersFromBarsHeld() {
        day.given(recorded(HISTORY, bars(0, 9)))
                .when(record(HISTORY, bar(DAY, 3, 1), bar(10)))
                .expectNoEvents()
                .expectException(code("HISTORY_DIFFERS"));
    }

    @Test
    void refusesNewHistoryAfterLiveBars() {
        day.given(recorded(LIVE, bars(10, 10)))
                .when(record(HISTORY, bars(0, 9)))
                .expectNoEvents()
                .expectException(code("HISTORY_AFTER_LIVE"));
    }

    @Test
    void interruptedImportMayBeRepeatedAfterLiveBars() {
        day.given(recorded(HISTORY, bars(0, 9)), recorded(LIVE, bars(10, 10)))
                .when(record(HISTORY, bars(0, 9)))
                .expectNoEvents()
                .expectResultMessagePayload(new CandlesReceipt(0, 0, 10));
    }

    @Test
    void continuesInterruptedImport() {
        day.given(recorded(HISTORY, bars(0, 9)))
                .when(record(HISTORY, bars(0, 20)))
                .expectEvents(new io.hindcast.api.market.CandlesRecorded(
                        DAY, HISTORY, at(21), columns(bars(10, 20)), java.util.Collections.nCopies(11, 0)));
    }

    @Test
    void refusesBarThatHasNotClosed() {
        day.givenNoPriorActivity()
                .when(new RecordCandles(DAY, LIVE, at(6).minusMillis(1), columns(List.of(bar(4), bar(5)))))
                .expectNoEvents()
                .expectException(code("NOT_CLOSED"));
    }

    @Test
    void refusesMinutesOfAnotherDay() {
        for (int minute : new int[] {-1, 1440}) {
            Candles columns = columns(List.of(bar(0)));
            Candles outside = new Candles(
                    List.of(minute),
                    columns.open(),
                    columns.high(),
                    columns.low(),
                    columns.close(),
                    columns.volume(),
                    columns.quoteVolume(),
                    columns.trades(),
                    columns.takerBuyVolume(),
                    columns.takerBuyQuoteVolume());
            day.givenNoPriorActivity()
                    .when(new RecordCandles(DAY, LIVE, at(2000), outside))
                    .expectNoEvents()
                    .expectException(code("OUT_OF_DAY"));
        }
    }

    @Test
    void refusesImpossibleBar() {
        Candles good = columns(bars(0, 1));
        Candles bad = new Candles(
                good.minute(),
                good.open(),
                good.high(),
                good.low(),
                good.close(),
                List.of(BigDecimal.ONE, BigDecimal.ONE.negate()),
                good.quoteVolume(),
                good.trades(),
                List.of(BigDecimal.ZERO, BigDecimal.ZERO),
                good.takerBuyQuoteVolume());
        day.givenNoPriorActivity()
                .when(new RecordCandles(DAY, LIVE, at(2), bad))
                .expectNoEvents()
                .expectException(code("BAD_CANDLE"));
    }

    @Test
    void dropsRepeatedRow() {
        day.givenNoPriorActivity()
                .when(record(LIVE, bar(0), bar(1), bar(0)))
                .expectEvents(recorded(LIVE, bars(0, 1)))
                .expectResultMessagePayload(new CandlesReceipt(2, 0, 1));
    }

    @Test
    void refusesMinuteWithTwoValues() {
        day.givenNoPriorActivity()
                .when(record(LIVE, bar(0), bar(DAY, 0, 1)))
                .expectNoEvents()
                .expectException(code("CONTRADICTION"));
    }

    @Test
    void refusesEmptyCommand() {
        day.givenNoPriorActivity()
                .when(new RecordCandles(DAY, LIVE, at(1), columns(List.of())))
                .expectException(code("NO_CANDLES"));
    }

    @Test
    void detectsGapOnEmptyDay() {
        day.givenNoPriorActivity()
                .when(new ReportGap(DAY, 3, 9, at(20)))
                .expectEvents(new GapDetected(DAY, 3, 9, at(20)));
    }

    @Test
    void detectsMissingMinutesAsRuns() {
        day.given(recorded(LIVE, bars(0, 2)), recorded(LIVE, bars(5, 6)), new GapDetected(DAY, 8, 8, at(9)))
                .when(new ReportGap(DAY, 2, 10, at(20)))
                .expectEvents(
                        new GapDetected(DAY, 3, 4, at(20)),
                        new GapDetected(DAY, 7, 7, at(20)),
                        new GapDetected(DAY, 9, 10, at(20)));
    }

    @Test
    void detectsGapOnce() {
        day.given(new GapDetected(DAY, 3, 9, at(20)))
                .when(new ReportGap(DAY, 4, 8, at(30)))
                .expectNoEvents();
    }

    @Test
    void refusesGapOutsideTheDay() {
        day.givenNoPriorActivity().when(new ReportGap(DAY, 9, 3, at(20))).expectException(code("BAD_GAP"));
        day.givenNoPriorActivity().when(new ReportGap(DAY, 0, 1440, at(20))).expectException(code("BAD_GAP"));
        day.givenNoPriorActivity().when(new ReportGap(DAY, -1, 4, at(20))).expectException(code("BAD_GAP"));
    }

    @Test
    void repairsGapWithTheBarThatCompletesIt() {
        RecordCandles command = new RecordCandles(DAY, REPAIR, at(30), columns(bars(5, 5)));
        day.given(new GapDetected(DAY, 3, 5, at(20)), recorded(REPAIR, bars(3, 4)))
                .when(command)
                .expectEvents(recorded(command), new GapRepaired(DAY, 3, 5, at(30)));
    }

    @Test
    void doesNotRepairGapFilledInPart() {
        day.given(new GapDetected(DAY, 3, 5, at(20)))
                .when(record(REPAIR, bars(3, 4)))
                .expectEvents(recorded(REPAIR, bars(3, 4)));
    }

    @Test
    void detectsNoGapInRepairedMinutes() {
        day.given(new GapDetected(DAY, 3, 5, at(20)), recorded(REPAIR, bars(3, 5)), new GapRepaired(DAY, 3, 5, at(30)))
                .when(new ReportGap(DAY, 2, 5, at(40)))
                .expectEvents(new GapDetected(DAY, 2, 2, at(40)));
    }

    @Test
    void confirmsGapOnce() {
        day.given(new GapDetected(DAY, 3, 5, at(20)))
                .when(new ConfirmGap(DAY, 0, 9, at(40)))
                .expectEvents(new GapConfirmed(DAY, 3, 5, at(40)));
        day.given(new GapDetected(DAY, 3, 5, at(20)), new GapConfirmed(DAY, 3, 5, at(40)))
                .when(new ConfirmGap(DAY, 3, 5, at(50)))
                .expectNoEvents();
        day.given(new GapDetected(DAY, 3, 5, at(20)), new GapConfirmed(DAY, 3, 5, at(40)))
                .when(new ReportGap(DAY, 3, 5, at(50)))
                .expectNoEvents();
    }

    @Test
    void splitsGapFilledInPartAndConfirmedInPart() {
        day.given(new GapDetected(DAY, 3, 9, at(20)), recorded(REPAIR, bars(3, 6)))
                .when(new ConfirmGap(DAY, 3, 9, at(40)))
                .expectEvents(new GapConfirmed(DAY, 7, 9, at(40)), new GapRepaired(DAY, 3, 6, at(40)));
    }

    @Test
    void recordsBarsThatAppearInConfirmedGap() {
        RecordCandles command = new RecordCandles(DAY, REPAIR, at(60), columns(bars(3, 5)));
        day.given(new GapDetected(DAY, 3, 5, at(20)), new GapConfirmed(DAY, 3, 5, at(40)))
                .when(command)
                .expectEvents(recorded(command), new GapRepaired(DAY, 3, 5, at(60)));
    }

    @Test
    void refusesToConfirmGapOfEmptyDay() {
        day.givenNoPriorActivity().when(new ConfirmGap(DAY, 3, 5, at(40))).expectException(code("NO_SUCH_GAP"));
    }
}
