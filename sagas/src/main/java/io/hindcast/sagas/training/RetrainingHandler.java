package io.hindcast.sagas.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.RetrainSymbol;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

/** Requests a training cycle on a symbol's newest data when a user asks for one. */
public final class RetrainingHandler {

    /** Reason of a cycle that a user requested. */
    public static final String REASON = "requested";

    private static final long TIMEOUT_SECONDS = 10;

    private final TrainingPlan plan;
    private final CommandGateway commands;
    private final QueryGateway queries;

    public RetrainingHandler(TrainingPlan plan, CommandGateway commands, QueryGateway queries) {
        this.plan = plan;
        this.commands = commands;
        this.queries = queries;
    }

    /** The seed follows from the newest bar, so that a repeated request on the same data trains the same model. */
    @CommandHandler
    public TrainingCycleView handle(RetrainSymbol command) {
        Optional<MarketView> market = market(command.symbol());
        Instant newest = market.flatMap(MarketView::lastOpenTime)
                .orElseThrow(() -> RefusedException.of(
                        "NO_CANDLES", "symbol", command.symbol(), "a market with recorded candles"));
        Instant oldest = market.flatMap(MarketView::firstOpenTime).orElse(newest);
        Instant wanted = newest.minus(plan.history());
        RequestTrainingCycle request = plan.request(
                command.symbol(),
                REASON,
                wanted.isBefore(oldest) ? oldest : wanted,
                newest,
                newest.getEpochSecond(),
                command.requestedAt());
        int cycle = commands.<Integer>sendAndWait(request, TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return new TrainingCycleView(
                request.symbol(),
                cycle,
                request.reason(),
                TrainingState.RUNNING,
                request.requestedAt(),
                Optional.empty(),
                request.spec().dataFrom(),
                request.spec().dataTo(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TrainingCycleView.WallTimes(
                        GenericEventMessage.clock.instant(), Optional.empty(), Optional.empty()),
                List.of());
    }

    private Optional<MarketView> market(Symbol symbol) {
        try {
            return queries.query(new FindMarket(symbol), ResponseTypes.optionalInstanceOf(MarketView.class))
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            // the cause carries the refusal, which a wrapper would lose on its way to another process
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
