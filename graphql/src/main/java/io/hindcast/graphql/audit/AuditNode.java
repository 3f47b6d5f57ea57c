package io.hindcast.graphql.audit;

import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditFeature;
import io.hindcast.api.audit.AuditResult;
import io.hindcast.api.audit.AuditScores;
import io.hindcast.api.audit.AuditState;
import io.hindcast.api.audit.AuditView;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schema's {@code Audit}. */
record AuditNode(
        String id,
        String version,
        Instant from,
        Instant to,
        boolean scheduled,
        String reason,
        AuditState state,
        Instant requestedAt,
        int days,
        int daysDone,
        AuditCounts counts,
        int divergences,
        Optional<String> recordedDigest,
        Optional<String> recomputedDigest,
        Optional<String> note,
        Optional<Instant> endedAt) {

    static AuditNode of(AuditView view) {
        return new AuditNode(
                view.audit().toString(),
                view.audit().version().toString(),
                UtcDay.start(view.audit().from()),
                UtcDay.start(view.audit().to()),
                view.audit().isScheduled(),
                view.reason(),
                view.state(),
                view.requestedAt(),
                view.audit().days(),
                view.daysDone(),
                view.counts(),
                view.counts().divergences(),
                view.result().map(AuditResult::recordedDigest),
                view.result().map(AuditResult::recomputedDigest),
                view.note(),
                view.endedAt());
    }

    /** The schema's {@code AuditedDay}. */
    record Day(
            Instant day,
            AuditCounts counts,
            int divergences,
            String recordedDigest,
            String recomputedDigest,
            List<Difference> differences) {

        static Day of(AuditDay day) {
            return new Day(
                    UtcDay.start(day.day()),
                    day.counts(),
                    day.counts().divergences(),
                    day.recordedDigest(),
                    day.recomputedDigest(),
                    day.differences().stream().map(Difference::of).toList());
        }
    }

    /** The schema's {@code AuditDifference}. */
    record Difference(
            AuditDifference.Kind kind,
            Instant about,
            Optional<String> article,
            Optional<Integer> reading,
            Optional<PredictionOrigin> origin,
            Optional<Scores> recorded,
            Optional<Scores> recomputed,
            Optional<String> note,
            List<AuditFeature> features) {

        static Difference of(AuditDifference difference) {
            return new Difference(
                    difference.kind(),
                    difference.about(),
                    difference.text().map(TextId::article).map(Object::toString),
                    difference.text().map(TextId::reading),
                    difference.origin(),
                    difference.recorded().map(Scores::of),
                    difference.recomputed().map(Scores::of),
                    difference.note(),
                    difference.features());
        }
    }

    /** The schema's {@code AuditScores}. */
    record Scores(double sell, double hold, double buy, Signal signal) {

        static Scores of(AuditScores scores) {
            return new Scores(scores.sell(), scores.hold(), scores.buy(), scores.signal());
        }
    }
}
