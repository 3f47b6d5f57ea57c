package io.hindcast.query.comparison;

import io.hindcast.api.RefusedException;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.model.InSample;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.query.QueryArguments;
import io.hindcast.query.model.LiveVersion;
import io.hindcast.readmodel.TableReader;
import java.time.Duration;
import java.time.Instant;

/** A registered version with the facts by which its predictions are scored. */
record ComparedVersion(VersionId version, InSample inSample, LabelSpec label) {

    static ComparedVersion read(TableReader tables, VersionId version) {
        return tables.first(
                        """
                        select provenance ->> 'dataFrom', provenance ->> 'inSampleTo', horizon_bars, threshold_percent
                        from @model_version where version = ?
                        """,
                        row -> new ComparedVersion(
                                version, LiveVersion.inSample(row, 1), new LabelSpec(row.getInt(3), row.getDouble(4))),
                        version.toString())
                .orElseThrow(() ->
                        RefusedException.of("UNKNOWN_VERSION", "version", version, "a version that is registered"));
    }

    /** Refuses an empty, reversed or too long period, and a fee rate outside its range. */
    static void requireArguments(Instant from, Instant to, double feeRate) {
        QueryArguments.requirePeriod(from, to);
        if (to.isAfter(from.plus(Duration.ofDays(FindComparison.MAX_DAYS)))) {
            throw RefusedException.of(
                    "PERIOD_TOO_LONG", "to", to, "at most " + FindComparison.MAX_DAYS + " days after " + from);
        }
        if (!(feeRate >= 0 && feeRate < 1)) {
            throw RefusedException.of("OUT_OF_RANGE", "feeRate", feeRate, "from 0 to below 1");
        }
    }
}
