package io.hindcast.ml.trl;

import io.hindcast.ml.train.StopReason;
import java.util.Locale;
import java.util.Optional;

/**
 * Detects the collapse of a policy during its optimisation, by means over the last {@value #STEPS} steps, so that no
 * single batch decides. A policy far from its reference has lost what the reference learned; one without entropy no
 * longer explores and no longer learns.
 */
final class CollapseGuard {

    static final int STEPS = 50;

    private final GrpoSettings settings;
    private final double[] kls = new double[STEPS];
    private final double[] entropies = new double[STEPS];
    private int seen;

    CollapseGuard(GrpoSettings settings) {
        this.settings = settings;
    }

    /** Records a step; returns why training has to stop, if it has to. Before {@value #STEPS} steps it never has. */
    Optional<StopReason> step(double kl, double entropy) {
        kls[seen % STEPS] = kl;
        entropies[seen % STEPS] = entropy;
        seen++;
        if (seen < STEPS) {
            return Optional.empty();
        }
        if (!(mean(kls) <= settings.klLimit())) {
            return Optional.of(StopReason.KL_COLLAPSE);
        }
        return mean(entropies) < settings.entropyFloor() ? Optional.of(StopReason.ENTROPY_COLLAPSE) : Optional.empty();
    }

    /** Returns the deciding means as text. */
    String means() {
        return String.format(
                Locale.ROOT,
                "over the last %d steps the divergence from the reference was %.4f nats (limit %.4f) and the entropy %.4f (floor %.4f)",
                Math.min(seen, STEPS),
                mean(kls),
                settings.klLimit(),
                mean(entropies),
                settings.entropyFloor());
    }

    private double mean(double[] values) {
        double sum = 0;
        int n = Math.min(seen, STEPS);
        for (int i = 0; i < n; i++) {
            sum += values[i];
        }
        return sum / n;
    }
}
