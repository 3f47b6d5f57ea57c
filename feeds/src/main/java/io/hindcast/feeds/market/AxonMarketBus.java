package io.hindcast.feeds.market;

import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.RecordCandles;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;

/** The market bus on Axon's gateways. */
public final class AxonMarketBus implements MarketBus {

    private final CommandGateway commands;
    private final QueryGateway queries;

    /** Creates a bus on the gateways of this process. */
    public AxonMarketBus(CommandGateway commands, QueryGateway queries) {
        this.commands = commands;
        this.queries = queries;
    }

    @Override
    public CompletableFuture<CandlesReceipt> record(RecordCandles command) {
        return commands.send(command);
    }

    @Override
    public CompletableFuture<Void> send(Object command) {
        return commands.send(command).thenApply(result -> null);
    }

    @Override
    public CompletableFuture<MarketCoverage> find(FindMarketCoverage query) {
        return queries.query(query, MarketCoverage.class);
    }
}
