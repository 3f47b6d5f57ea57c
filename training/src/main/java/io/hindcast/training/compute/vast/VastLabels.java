package io.hindcast.training.compute.vast;

import io.hindcast.api.training.TrainingRunId;
import io.hindcast.training.compute.PlatformId;
import java.util.Optional;

/**
 * Labels of this platform's instances, such as {@code hindcast:0a1b2c3d4e:BTCUSDT/3/lightgbm/1}. Instances with other
 * labels belong to others and are never touched.
 */
final class VastLabels {

    private final String prefix;

    VastLabels(PlatformId platform) {
        this.prefix = "hindcast:" + platform + ":";
    }

    String of(TrainingRunId run) {
        return prefix + run;
    }

    /** Returns the run of a label; empty if it is not one of this platform. */
    Optional<TrainingRunId> run(String label) {
        if (!label.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TrainingRunId.parse(label.substring(prefix.length())))
                    .filter(run -> of(run).equals(label));
        } catch (RuntimeException e) {
            // Anybody may give any label to an instance.
            return Optional.empty();
        }
    }
}
