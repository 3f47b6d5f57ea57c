package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import java.net.URI;
import java.time.Duration;

/**
 * What a worker needs to do its run, and nothing else.
 *
 * @param run the run
 * @param platform address of the platform
 * @param token of this launch of the run
 * @param lifetime after which the machine is to end by itself, whatever has become of the platform
 */
public record MachineRequest(TrainingRunId run, URI platform, String token, Duration lifetime) {

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "machine of " + run + " for " + platform;
    }
}
