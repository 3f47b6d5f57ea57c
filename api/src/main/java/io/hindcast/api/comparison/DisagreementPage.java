package io.hindcast.api.comparison;

import io.hindcast.api.prediction.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of bars on which two versions gave different signals.
 *
 * @param cursors of each of them, to continue after it
 * @param hasNext whether more follow
 */
public record DisagreementPage(List<Disagreement> bars, List<String> cursors, boolean hasNext) {
    public DisagreementPage {
        bars = List.copyOf(bars);
        cursors = List.copyOf(cursors);
    }

    /**
     * A bar with both signals.
     *
     * @param confidence probability of the first version's signal
     * @param otherConfidence probability of the other's
     * @param outcome by the first version's label; empty until it is known
     * @param otherOutcome by the other's label; empty until it is known
     */
    public record Disagreement(
            Instant openTime,
            Signal signal,
            double confidence,
            Signal other,
            double otherConfidence,
            Optional<Signal> outcome,
            Optional<Signal> otherOutcome) {}
}
