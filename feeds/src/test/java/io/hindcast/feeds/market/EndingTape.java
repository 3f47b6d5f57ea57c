package io.hindcast.feeds.market;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.tape.Tape;
import io.hindcast.simulator.tape.TapeDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A generated market that ends like a recording. */
final class EndingTape implements Tape {
    private final Tape tape;
    final Instant last;

    EndingTape(Tape tape, Instant last) {
        this.tape = tape;
        this.last = last;
    }

    @Override
    public Symbol symbol() {
        return tape.symbol();
    }

    @Override
    public MarketOrigin origin() {
        return MarketOrigin.ARCHIVE;
    }

    @Override
    public String description() {
        return "recording";
    }

    @Override
    public Instant firstOpenTime() {
        return tape.firstOpenTime();
    }

    @Override
    public Optional<Instant> lastOpenTime() {
        return Optional.of(last);
    }

    @Override
    public @Nullable TapeDay day(LocalDate day) {
        TapeDay whole = tape.day(day);
        if (whole == null) {
            return null;
        }
        TapeDay.Builder part = new TapeDay.Builder(day);
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < whole.size(); row++) {
            if (whole.openMillis(row) <= last.toEpochMilli()) {
                rows.add(row);
            }
        }
        for (int row : rows) {
            part.bar(whole.openMillis(row), (int) whole.trades(row));
            for (TapeDay.Column column : TapeDay.Column.values()) {
                part.set(column, whole.unscaled(column, row), whole.scale(column));
            }
        }
        return part.size() == 0 ? null : part.build();
    }
}
