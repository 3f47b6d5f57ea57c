package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Barrier at which the markets wait before a simulated clock runs: it opens once, when every market is either live or
 * out of service and at least one is live, so a market that cannot be followed never blocks the others. Thread-safe.
 */
final class GoLiveBarrier {

    private final Runnable open;
    private final Set<Symbol> awaited;
    private boolean anyLive;
    private boolean opened;

    /**
     * Creates a closed barrier.
     *
     * @param open called once, on the thread of the symbol that arrived last
     */
    GoLiveBarrier(Collection<Symbol> symbols, Runnable open) {
        this.awaited = new HashSet<>(symbols);
        this.open = open;
    }

    /** Notes that the symbol is live. */
    void live(Symbol symbol) {
        arrived(symbol, true);
    }

    /** Stops waiting for a symbol that is out of service. */
    void outOfService(Symbol symbol) {
        arrived(symbol, false);
    }

    private void arrived(Symbol symbol, boolean live) {
        synchronized (this) {
            awaited.remove(symbol);
            anyLive |= live;
            if (opened || !anyLive || !awaited.isEmpty()) {
                return;
            }
            opened = true;
        }
        open.run();
    }
}
