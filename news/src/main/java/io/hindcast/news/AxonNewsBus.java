package io.hindcast.news;

import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.FindNewsProgress;
import io.hindcast.api.news.RecordArticleContent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

/** Sends the commands and the query through Axon's gateways. */
public final class AxonNewsBus implements NewsBus {

    private final CommandGateway commands;
    private final QueryGateway queries;

    public AxonNewsBus(CommandGateway commands, QueryGateway queries) {
        this.commands = commands;
        this.queries = queries;
    }

    @Override
    public CompletableFuture<DiscoveryReceipt> discover(DiscoverArticle command) {
        return commands.send(command);
    }

    @Override
    public CompletableFuture<Void> record(RecordArticleContent command) {
        return commands.send(command).thenApply(result -> null);
    }

    @Override
    public CompletableFuture<Optional<Instant>> progress(String channel) {
        return queries.query(new FindNewsProgress(channel), ResponseTypes.optionalInstanceOf(Instant.class));
    }
}
