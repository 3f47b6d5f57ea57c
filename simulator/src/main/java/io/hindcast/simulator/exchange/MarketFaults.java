package io.hindcast.simulator.exchange;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Faults of the markets: symbols that are not traded, and bars that are missing or were corrected. Thread-safe. */
public final class MarketFaults {

    /** A symbol that is not traded from a moment on. */
    private record Halt(String status, Instant from) {}

    /** Missing bars of one symbol, or of all if it is null. */
    private record Outage(@Nullable Symbol symbol, Instant from, Instant to) {

        boolean covers(Symbol of, Instant openTime) {
            return (symbol == null || symbol.equals(of)) && !openTime.isBefore(from) && openTime.isBefore(to);
        }
    }

    private record Bar(Symbol symbol, Instant openTime) {}

    private final Map<Symbol, Halt> halts = new ConcurrentHashMap<>();
    private final Set<Symbol> delisted = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Outage> outages = new CopyOnWriteArrayList<>();
    private final Map<Bar, Candle> revised = new ConcurrentHashMap<>();

    MarketFaults() {}

    /**
     * Halts a symbol: its status is {@code status} (HALT, BREAK), and no bar exists that opens at or after
     * {@code from}.
     */
    public void halt(Symbol symbol, String status, Instant from) {
        halts.put(symbol, new Halt(status, from));
    }

    /** Ends a halt: bars that open at or after {@code from} exist. */
    public void resume(Symbol symbol, Instant from) {
        Halt halt = halts.remove(symbol);
        if (halt != null) {
            outages.add(new Outage(symbol, halt.from(), from));
        }
    }

    /** Sets whether a symbol is delisted: requests for it are refused as invalid, and its stream is silent. */
    public void delist(Symbol symbol, boolean gone) {
        if (gone) {
            delisted.add(symbol);
        } else {
            delisted.remove(symbol);
        }
    }

    /** Removes the bars that open from {@code from} up to and not including {@code to} from streams and REST. */
    public void outage(Instant from, Instant to) {
        outages.add(new Outage(null, from, to));
    }

    /** Replaces a bar, as when an exchange corrects one. */
    public void revise(Symbol symbol, Candle bar) {
        revised.put(new Bar(symbol, bar.openTime()), bar);
    }

    boolean delisted(Symbol symbol) {
        return delisted.contains(symbol);
    }

    /** Returns the symbol's status in the exchange information. */
    String status(Symbol symbol) {
        Halt halt = halts.get(symbol);
        return halt == null ? "TRADING" : halt.status();
    }

    /** Returns whether the symbol's bar that opens then is missing. */
    boolean missing(Symbol symbol, Instant openTime) {
        Halt halt = halts.get(symbol);
        if ((halt != null && !openTime.isBefore(halt.from())) || delisted(symbol)) {
            return true;
        }
        for (Outage outage : outages) {
            if (outage.covers(symbol, openTime)) {
                return true;
            }
        }
        return false;
    }

    @Nullable Candle revision(Symbol symbol, Instant openTime) {
        return revised.isEmpty() ? null : revised.get(new Bar(symbol, openTime));
    }

    void clear() {
        halts.clear();
        delisted.clear();
        outages.clear();
        revised.clear();
    }
}
