package io.hindcast.query.comparison;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.Signal;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;

/** Closing prices of a period by minute; 0 where a bar is missing. */
final class Closes {

    private final int first;
    private final double[] prices;

    private Closes(int first, double[] prices) {
        this.first = first;
        this.prices = prices;
    }

    /** Reads the closes of a period, of the bar before it and of the bar after it. */
    static Closes read(TableReader tables, Symbol symbol, Instant from, Instant to) {
        int first = minute(from) - 1;
        double[] prices = new double[minute(to) + 2 - first];
        Chunks.each(
                Instant.ofEpochSecond(60L * first),
                to.plusSeconds(60),
                (start, end) -> tables.each(
                        """
                        select (date_part('epoch', open_time) / 60)::int, close::float8
                        from @candle where symbol = ? and open_time >= ? and open_time < ?
                        """, row -> prices[row.getInt(1) - first] = row.getDouble(2), symbol.value(), start, end));
        return new Closes(first, prices);
    }

    /** Returns minutes since 1970. */
    static int minute(Instant time) {
        return Math.toIntExact(Math.floorDiv(time.getEpochSecond(), 60L));
    }

    /** Returns the logarithm of the next close over the minute's own; 0 if one of them is missing. */
    double nextLogReturn(int minute) {
        double now = prices[minute - first];
        double next = prices[minute + 1 - first];
        return now > 0 && next > 0 ? StrictMath.log(next / now) : 0;
    }

    /** Returns the direction of the minute's own change; HOLD without a change or without the bar before it. */
    Signal sign(int minute) {
        double before = prices[minute - 1 - first];
        double now = prices[minute - first];
        if (!(before > 0 && now > 0) || before == now) {
            return Signal.HOLD;
        }
        return now > before ? Signal.BUY : Signal.SELL;
    }
}
