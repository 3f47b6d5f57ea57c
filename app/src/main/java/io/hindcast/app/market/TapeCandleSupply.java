package io.hindcast.app.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.market.PastCandleSource;
import io.hindcast.simulator.tape.Tape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Supplies history directly from a tape, without the simulated exchange. */
record TapeCandleSupply(Tape tape) implements PastCandleSource {

    @Override
    public Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from) {
        return tape.firstAtOrAfter(from);
    }

    @Override
    public List<Candle> candles(Symbol symbol, Instant from, Instant to) {
        return tape.candles(from, to);
    }
}
