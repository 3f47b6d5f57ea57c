package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import java.net.URI;

/**
 * What a worker needs to do its run, and nothing else.
 *
 * @param run the run
 * @param platform address of the platform
 * @param token of this launch of the run
 */
public record MachineRequest(TrainingRunId run, URI platform, String token) {

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "machine of " + run + " for " + platform;
    }
}
