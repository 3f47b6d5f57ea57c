package io.hindcast.query.comparison;

import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.comparison.CoverageCurve;
import io.hindcast.api.comparison.DisagreementPage;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.comparison.FindCoverage;
import io.hindcast.api.comparison.FindDisagreements;
import io.hindcast.api.comparison.FindRollingScores;
import io.hindcast.api.comparison.RollingScores;
import io.hindcast.readmodel.ReadModelReader;
import org.axonframework.queryhandling.QueryHandler;

/** Query handlers that compare versions. */
public final class ComparisonQueries {

    private final ReadModelReader readModel;

    public ComparisonQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    @QueryHandler
    public ComparisonReport handle(FindComparison query) {
        return readModel.read(query.asOf(), tables -> ComparisonReports.report(tables, query));
    }

    @QueryHandler
    public DisagreementPage handle(FindDisagreements query) {
        return readModel.read(query.comparison().asOf(), tables -> Disagreements.page(tables, query));
    }

    @QueryHandler
    public CoverageCurve handle(FindCoverage query) {
        return readModel.read(query.asOf(), tables -> CoverageCurves.curve(tables, query));
    }

    @QueryHandler
    public RollingScores handle(FindRollingScores query) {
        return readModel.read(query.asOf(), tables -> RollingReports.report(tables, query));
    }
}
