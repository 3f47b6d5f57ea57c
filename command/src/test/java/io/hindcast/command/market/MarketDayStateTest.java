package io.hindcast.command.market;

import static io.hindcast.command.market.Bars.DAY;
import static io.hindcast.command.market.Bars.at;
import static io.hindcast.command.market.Bars.bar;
import static io.hindcast.command.market.Bars.bars;
import static io.hindcast.command.market.Bars.record;
import static io.hindcast.command.market.Bars.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.RecordCandles;
import org.junit.jupiter.api.Test;

class MarketDayStateTest {

    private final MarketDayState day = new MarketDayState(DAY);

    @Test
    void recordsNewBarsAndDropsThoseHeld() {
        day.evolve(recorded(CandleSource.LIVE, bars(0, 1)));

        assertThat(day.decide(record(CandleSource.LIVE, bar(0), bar(1)))).isEmpty();
        assertThat(day.decide(record(CandleSource.LIVE, bar(1), bar(2))))
                .containsExactly(recorded(record(CandleSource.LIVE, bar(2))));
    }

    @Test
    void recordsChangedBarAsNextRevision() {
        day.evolve(recorded(CandleSource.LIVE, bars(0, 1)));
        RecordCandles change = record(CandleSource.REPAIR, bar(DAY, 1, 5));

        assertThat(day.decide(change)).containsExactly(recorded(change, 1));
    }

    @Test
    void refusesHistoryThatDiffersFromBarsHeld() {
        day.evolve(recorded(CandleSource.HISTORY, bars(0, 1)));

        assertThatThrownBy(() -> day.decide(record(CandleSource.HISTORY, bar(DAY, 1, 5))))
                .hasMessageContaining("HISTORY_DIFFERS");
    }

    @Test
    void repairsGapWithTheBarsThatFillIt() {
        day.evolve(recorded(CandleSource.LIVE, bars(0, 1)));
        day.evolve(new GapDetected(DAY, 2, 3, at(5)));
        RecordCandles fill = record(CandleSource.REPAIR, bar(2), bar(3));

        assertThat(day.decide(fill)).containsExactly(recorded(fill), new GapRepaired(DAY, 2, 3, fill.knownAt()));
    }

    @Test
    void confirmsMissingPartOfGapAndRepairsTheRest() {
        day.evolve(new GapDetected(DAY, 2, 3, at(5)));
        day.evolve(recorded(CandleSource.REPAIR, bars(2, 2)));

        assertThat(day.decide(new ConfirmGap(DAY, 2, 3, at(9))))
                .containsExactly(new GapConfirmed(DAY, 3, 3, at(9)), new GapRepaired(DAY, 2, 2, at(9)));
    }

    @Test
    void decidingChangesNoState() {
        day.evolve(new GapDetected(DAY, 2, 3, at(5)));
        ConfirmGap confirm = new ConfirmGap(DAY, 2, 3, at(9));

        assertThat(day.decide(confirm)).isEqualTo(day.decide(confirm)).isNotEmpty();
    }
}
