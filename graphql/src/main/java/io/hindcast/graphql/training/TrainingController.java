package io.hindcast.graphql.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.FindTrainingCycles;
import io.hindcast.api.training.RetrainSymbol;
import io.hindcast.api.training.TrainingCyclePage;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.graphql.Asking;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.Known;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Training cycles, and requests for one. */
@Controller
public class TrainingController {

    private static final long TIMEOUT_SECONDS = 15;

    private final Asking asking;
    private final Known known;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    TrainingController(
            Asking asking, Known known, CommandGateway commands, @Qualifier("marketClock") InstantSource marketClock) {
        this.asking = asking;
        this.known = known;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    @QueryMapping
    CompletableFuture<Connection<CycleNode>> trainingCycles(
            @Argument String symbol, @Argument int first, @Argument @Nullable String after) {
        return known.symbol(symbol)
                .thenCompose(market -> asking.one(
                        new FindTrainingCycles(market, first, Optional.ofNullable(after)), TrainingCyclePage.class))
                .thenApply(page -> Connection.of(
                        page.cycles().stream().map(CycleNode::of).toList(), page.cursors(), page.hasNext()));
    }

    @MutationMapping
    CompletableFuture<CycleNode> requestTraining(@Argument String symbol) {
        return known.symbol(symbol).thenCompose(this::train);
    }

    private CompletableFuture<CycleNode> train(Symbol market) {
        return commands.<TrainingCycleView>send(new RetrainSymbol(market, marketClock.instant()))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenApply(CycleNode::of);
    }
}
