package io.hindcast.graphql.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.FollowPredictions;
import io.hindcast.api.prediction.LivePredictions;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionPage;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.api.prediction.SignalSeries;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import io.hindcast.graphql.engine.ChartColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Queries and subscription for predictions, signals and performance. */
@Controller
public class PredictionController {

    private final QueryDispatcher queries;
    private final NameResolver names;

    PredictionController(QueryDispatcher queries, NameResolver names) {
        this.queries = queries;
        this.names = names;
    }

    record Batch(Symbol symbol, Instant recordedAt, List<PredictionNode> predictions) {}

    @QueryMapping
    CompletableFuture<Connection<PredictionNode>> predictions(
            @Argument String symbol,
            @Argument @Nullable String version,
            @Argument Instant from,
            @Argument Instant to,
            @Argument @Nullable Instant asOf,
            @Argument int first,
            @Argument @Nullable String after) {
        CompletableFuture<Optional<VersionId>> of = version == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : names.version(version).thenApply(Optional::of);
        return names.symbol(symbol)
                .thenCombine(
                        of,
                        (market, registered) -> new FindPredictions(
                                market,
                                registered,
                                from,
                                to,
                                Optional.ofNullable(asOf),
                                first,
                                Optional.ofNullable(after)))
                .thenCompose(query -> queries.one(query, PredictionPage.class))
                .thenApply(page -> Connection.of(
                        page.predictions().stream().map(PredictionNode::of).toList(), page.cursors(), page.hasNext()));
    }

    @QueryMapping
    CompletableFuture<List<SignalSeries>> signalMarkers(
            @Argument String symbol,
            @Argument Instant from,
            @Argument Instant to,
            @Argument int maxPoints,
            @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(
                        new FindSignals(market, from, to, maxPoints, Optional.ofNullable(asOf)), SignalChart.class))
                .thenApply(SignalChart::series);
    }

    @QueryMapping
    CompletableFuture<PerformanceNode> performance(
            @Argument String symbol,
            @Argument Instant from,
            @Argument Instant to,
            @Argument double feeRate,
            @Argument boolean includeLate,
            @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(
                        new FindPerformance(market, from, to, feeRate, includeLate, Optional.ofNullable(asOf)),
                        PerformanceReport.class))
                .thenApply(PerformanceNode::of);
    }

    @SubscriptionMapping
    Flux<Batch> predictionsRecorded(@Argument String symbol) {
        return queries.distinctUpdates(names.symbol(symbol).thenApply(FollowPredictions::new), LivePredictions.class)
                .map(live -> new Batch(
                        live.symbol(),
                        live.recordedAt(),
                        live.predictions().stream().map(PredictionNode::of).toList()));
    }

    @SchemaMapping(typeName = "SignalSeries", field = "time")
    ChartColumn time(SignalSeries series) {
        return ChartColumn.of(series.time());
    }

    @SchemaMapping(typeName = "SignalSeries", field = "sell")
    ChartColumn sell(SignalSeries series) {
        return ChartColumn.of(series.sell());
    }

    @SchemaMapping(typeName = "SignalSeries", field = "hold")
    ChartColumn hold(SignalSeries series) {
        return ChartColumn.of(series.hold());
    }

    @SchemaMapping(typeName = "SignalSeries", field = "buy")
    ChartColumn buy(SignalSeries series) {
        return ChartColumn.of(series.buy());
    }

    @SchemaMapping(typeName = "SignalSeries", field = "reconciled")
    ChartColumn reconciled(SignalSeries series) {
        return ChartColumn.of(series.reconciled());
    }
}
