package io.hindcast.api.audit;

import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.PredictionOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bar or text about which recorded and recomputed prediction differ.
 *
 * @param about open time of the bar, or the moment at which the text became known
 * @param text the text, for a model of articles
 * @param origin of the recorded prediction
 * @param recorded empty if nothing is recorded
 * @param recomputed empty if nothing can be computed
 * @param note what else is known about the cause
 * @param features of the bar, if it has any
 */
public record AuditDifference(
        Kind kind,
        Instant about,
        Optional<TextId> text,
        Optional<PredictionOrigin> origin,
        Optional<AuditScores> recorded,
        Optional<AuditScores> recomputed,
        Optional<String> note,
        List<AuditFeature> features) {

    /** Largest distance between two probabilities that count as equal. */
    public static final double TOLERANCE = 1e-6;

    /** Most differences kept of a day and of an audit; all are counted. */
    public static final int KEPT_OF_DAY = 10;

    public static final int KEPT_OF_AUDIT = 100;

    public AuditDifference {
        features = List.copyOf(features);
    }

    /** Kinds of differences. */
    public enum Kind {
        /** The probabilities differ by more than the tolerance. */
        DIFFERENT,
        /** The signals differ, the probabilities do not. */
        NEAR_TIE,
        /** Nothing is recorded, though the version should have predicted. */
        MISSING,
        /** A prediction is recorded that cannot be computed from the log. */
        EXTRA
    }
}
