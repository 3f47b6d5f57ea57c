package io.hindcast.graphql.comparison;

import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.comparison.CoverageCurve;
import io.hindcast.api.comparison.DisagreementPage;
import io.hindcast.api.comparison.DisagreementPage.Disagreement;
import io.hindcast.api.comparison.Estimate;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.comparison.FindCoverage;
import io.hindcast.api.comparison.FindDisagreements;
import io.hindcast.api.comparison.FindRollingScores;
import io.hindcast.api.comparison.RollingScores;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Queries that compare versions. */
@Controller
public class ComparisonController {

    private final QueryDispatcher queries;
    private final NameResolver names;

    ComparisonController(QueryDispatcher queries, NameResolver names) {
        this.queries = queries;
        this.names = names;
    }

    /** The schema's {@code ComparisonInput}. */
    record Input(
            String version,
            String other,
            Instant from,
            Instant to,
            @Nullable Instant otherFrom,
            PerformanceKind kind,
            @Nullable PerformanceKind otherKind,
            double feeRate) {}

    private CompletableFuture<FindComparison> query(Input of, @Nullable Instant asOf) {
        return names.version(of.version)
                .thenCombine(
                        names.version(of.other),
                        (version, other) -> new FindComparison(
                                version,
                                other,
                                of.from,
                                of.to,
                                Optional.ofNullable(of.otherFrom),
                                of.kind,
                                of.otherKind == null ? of.kind : of.otherKind,
                                of.feeRate,
                                Optional.ofNullable(asOf)));
    }

    @QueryMapping
    CompletableFuture<ComparisonReport> comparison(@Argument Input of, @Argument @Nullable Instant asOf) {
        return query(of, asOf).thenCompose(query -> queries.one(query, ComparisonReport.class));
    }

    @QueryMapping
    CompletableFuture<Connection<Disagreement>> disagreements(
            @Argument Input of,
            @Argument @Nullable Instant asOf,
            @Argument int first,
            @Argument @Nullable String after) {
        return query(of, asOf)
                .thenCompose(query -> queries.one(
                        new FindDisagreements(query, first, Optional.ofNullable(after)), DisagreementPage.class))
                .thenApply(page -> Connection.of(page.bars(), page.cursors(), page.hasNext()));
    }

    @QueryMapping
    CompletableFuture<CoverageCurve> coverage(
            @Argument String version,
            @Argument Instant from,
            @Argument Instant testFrom,
            @Argument Instant to,
            @Argument PerformanceKind kind,
            @Argument double feeRate,
            @Argument @Nullable Instant asOf) {
        return names.version(version)
                .thenCompose(known -> queries.one(
                        new FindCoverage(known, from, testFrom, to, kind, feeRate, Optional.ofNullable(asOf)),
                        CoverageCurve.class));
    }

    @QueryMapping
    CompletableFuture<RollingScores> rollingScores(
            @Argument String version,
            @Argument Instant from,
            @Argument Instant to,
            @Argument int days,
            @Argument double feeRate,
            @Argument @Nullable Instant asOf) {
        return names.version(version)
                .thenCompose(known -> queries.one(
                        new FindRollingScores(known, from, to, days, feeRate, Optional.ofNullable(asOf)),
                        RollingScores.class));
    }

    @SchemaMapping(typeName = "Estimate")
    boolean beyondChance(Estimate estimate) {
        return estimate.beyondChance();
    }

    @SchemaMapping(typeName = "Agreement")
    long same(ComparisonReport.Agreement agreement) {
        return agreement.same();
    }
}
