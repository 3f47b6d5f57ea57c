package io.hindcast.inference.model;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.history.model.ModelLog;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.LaneRegistry;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.time.InstantSource;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** What lanes of all symbols and families share. */
public record LaneGround(
        ModelLog models,
        ModelSource source,
        CommandGateway commands,
        InstantSource marketClock,
        InferenceProperties settings,
        LaneRegistry registry,
        SupervisedLoop.Ground loops) {

    /**
     * Returns a loader of models.
     *
     * @param part name of its threads, as a person calls them
     * @param threads lanes that it loads at a time
     */
    public LaneLoader loader(String part, int threads) {
        return new LaneLoader(this, part, threads);
    }

    /** Returns the lanes of a symbol's versions of some families; none before they are reconciled with the log. */
    public SymbolLanes lanes(Symbol symbol, List<ModelFamily> families, LaneLoader loader) {
        return new SymbolLanes(symbol, families, this, loader);
    }

    public Outages outages() {
        return loops.outages();
    }
}
