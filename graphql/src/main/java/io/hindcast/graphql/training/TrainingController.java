package io.hindcast.graphql.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.FindLearningCurves;
import io.hindcast.api.training.FindRunReport;
import io.hindcast.api.training.FindTrainingCycles;
import io.hindcast.api.training.LearningCurves;
import io.hindcast.api.training.RepeatTrainingRun;
import io.hindcast.api.training.RetrainSymbol;
import io.hindcast.api.training.RunReport;
import io.hindcast.api.training.TrainingCyclePage;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.graphql.Caller;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Queries for training cycles and their learning curves, and the mutations that request, repeat and cancel. */
@Controller
public class TrainingController {

    private static final long TIMEOUT_SECONDS = 15;

    private final QueryDispatcher queries;
    private final NameResolver names;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    TrainingController(
            QueryDispatcher queries,
            NameResolver names,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock) {
        this.queries = queries;
        this.names = names;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    @QueryMapping
    CompletableFuture<Connection<TrainingCycleNode>> trainingCycles(
            @Argument String symbol,
            @Argument @Nullable Instant asOf,
            @Argument int first,
            @Argument @Nullable String after) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(
                        new FindTrainingCycles(market, first, Optional.ofNullable(after), Optional.ofNullable(asOf)),
                        TrainingCyclePage.class))
                .thenApply(page -> Connection.of(
                        page.cycles().stream()
                                .map(cycle -> TrainingCycleNode.of(cycle, Optional.ofNullable(asOf)))
                                .toList(),
                        page.cursors(),
                        page.hasNext()));
    }

    @MutationMapping
    CompletableFuture<TrainingCycleNode> requestTraining(@Argument String symbol) {
        return names.symbol(symbol).thenCompose(this::request);
    }

    @MutationMapping
    CompletableFuture<Integer> cancelTraining(@Argument String symbol, @Argument int cycle, @Argument String reason) {
        return names.symbol(symbol)
                .thenCompose(market -> commands.send(
                        new CancelTrainingCycle(market, cycle, Caller.LOCAL, reason, marketClock.instant())))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenApply(_ -> cycle);
    }

    @MutationMapping
    CompletableFuture<Integer> repeatTraining(@Argument String run, @Argument String reason) {
        TrainingRunId repeated = TrainingRunId.parse(run);
        Attribution decision = new Attribution(Caller.LOCAL, reason, marketClock.instant());
        return names.symbol(repeated.symbol().value())
                .thenCompose(_ -> commands.<Integer>send(new RepeatTrainingRun(repeated, decision)))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @SchemaMapping(typeName = "TrainingRun", field = "learningCurves")
    CompletableFuture<List<LearningCurves.Curve>> learningCurves(TrainingCycleNode.Run run) {
        return queries.one(new FindLearningCurves(run.id(), run.asOf()), LearningCurves.class)
                .thenApply(LearningCurves::curves);
    }

    @QueryMapping
    CompletableFuture<Optional<RunReportNode>> runReport(@Argument String run) {
        TrainingRunId id = TrainingRunId.parse(run);
        return names.symbol(id.symbol().value())
                .thenCompose(_ -> queries.optional(new FindRunReport(id), RunReport.class))
                .thenApply(found -> found.map(RunReportNode::of));
    }

    /** The schema's {@code RunReport}. */
    record RunReportNode(String activity, int done, int of, String unit, String note, List<String> log, double age) {

        static RunReportNode of(RunReport report) {
            Heartbeat heartbeat = report.heartbeat();
            return new RunReportNode(
                    heartbeat.activity(),
                    heartbeat.done(),
                    heartbeat.of(),
                    heartbeat.unit(),
                    heartbeat.note(),
                    heartbeat.log(),
                    report.age().toMillis() / 1000.0);
        }
    }

    private CompletableFuture<TrainingCycleNode> request(Symbol market) {
        return commands.<TrainingCycleView>send(new RetrainSymbol(market, marketClock.instant()))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenApply(cycle -> TrainingCycleNode.of(cycle, Optional.empty()));
    }
}
