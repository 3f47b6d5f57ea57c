package io.hindcast.app.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.FeedsProperties;
import io.hindcast.simulator.archive.ArchiveTape;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.Tape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The market to simulate.
 *
 * @param tapes one tape for each symbol
 * @param from open time of the first candle of history
 * @param liveFrom market time at which the market goes live on its first start
 */
record SimulatedMarket(List<Tape> tapes, Instant from, Instant liveFrom) {

    /** Opens or generates the tapes of the settings; refuses a history or a live start outside the tapes. */
    static SimulatedMarket of(SimulatorProperties simulator, FeedsProperties feeds) {
        List<Tape> tapes = tapes(simulator, feeds);
        Instant from = feeds.historyFrom()
                .orElseGet(() -> tapes.stream()
                        .map(Tape::firstOpenTime)
                        .max(Instant::compareTo)
                        .orElseThrow());
        Instant liveFrom = from.plus(Duration.ofDays(feeds.historyDays()));
        for (Tape tape : tapes) {
            if (from.isBefore(tape.firstOpenTime())
                    || tape.lastOpenTime().filter(from::isAfter).isPresent()) {
                throw RefusedException.of(
                        "OUTSIDE_ARCHIVE", "begin of history (--from)", from, "a time within " + extent(tape));
            }
            if (tape.lastOpenTime().filter(liveFrom::isAfter).isPresent()) {
                throw RefusedException.of(
                        "OUTSIDE_ARCHIVE",
                        "going live " + feeds.historyDays() + " days after " + from + " (--from, --history-days)",
                        liveFrom,
                        "a time within " + extent(tape));
            }
        }
        return new SimulatedMarket(tapes, from, liveFrom);
    }

    List<Symbol> symbols() {
        return tapes.stream().map(Tape::symbol).toList();
    }

    private static List<Tape> tapes(SimulatorProperties simulator, FeedsProperties feeds) {
        if (simulator.archive() == null) {
            return feeds.followed().stream()
                    .map(symbol -> (Tape) new SyntheticTape(symbol, simulator.seed(), simulator.origin()))
                    .toList();
        }
        if (feeds.named().isEmpty()) {
            return List.of(ArchiveTape.open(simulator.archive()));
        }
        return feeds.named().stream()
                .map(symbol -> (Tape) ArchiveTape.open(symbol, simulator.archive()))
                .toList();
    }

    private static String extent(Tape tape) {
        return tape.symbol() + "'s bars, which go from " + tape.firstOpenTime()
                + tape.lastOpenTime().map(last -> " to " + last).orElse(" on");
    }
}
