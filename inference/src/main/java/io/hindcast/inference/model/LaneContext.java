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

/** Collaborators and settings shared by the lanes of all symbols and families. */
public record LaneContext(
        ModelLog models,
        ModelSource source,
        CommandGateway commands,
        InstantSource marketClock,
        InferenceProperties settings,
        LaneRegistry registry,
        SupervisedLoop.Context loops) {

    /**
     * Returns a loader of models.
     *
     * @param name of the loader in outages; also prefixes the names of its threads
     * @param threads lanes loaded at the same time
     */
    public LaneLoader loader(String name, int threads) {
        return new LaneLoader(this, name, threads);
    }

    /** Returns the lanes of a symbol's versions of these families, empty until first synchronized with the log. */
    public SymbolLanes lanes(Symbol symbol, List<ModelFamily> families, LaneLoader loader) {
        return new SymbolLanes(symbol, families, this, loader);
    }

    public Outages outages() {
        return loops.outages();
    }
}
