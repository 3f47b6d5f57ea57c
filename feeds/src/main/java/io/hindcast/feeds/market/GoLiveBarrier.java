package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Holds the simulated market's clock until history is in: it runs once every market is either live or out, and at least
 * one is live. So a market that cannot be followed never stops the others. Thread-safe.
 */
final class GoLiveBarrier {

    private final Runnable run;
    private final Set<Symbol> awaited;
    private boolean anyLive;
    private boolean opened;

    /** @param run called once */
    GoLiveBarrier(Collection<Symbol> symbols, Runnable run) {
        this.awaited = new HashSet<>(symbols);
        this.run = run;
    }

    void live(Symbol symbol) {
        settled(symbol, true);
    }

    /** The symbol cannot be followed for now or for good. */
    void out(Symbol symbol) {
        settled(symbol, false);
    }

    private void settled(Symbol symbol, boolean live) {
        synchronized (this) {
            awaited.remove(symbol);
            anyLive |= live;
            if (opened || !anyLive || !awaited.isEmpty()) {
                return;
            }
            opened = true;
        }
        run.run();
    }
}
