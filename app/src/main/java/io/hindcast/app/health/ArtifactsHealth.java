package io.hindcast.app.health;

import io.hindcast.artifacts.ArtifactStore;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Readiness of the artifact store: it answers and accepts the credentials. Checked at most every 10 seconds. */
final class ArtifactsHealth extends AbstractHealthIndicator {

    private static final long FRESH_NANOS = 10_000_000_000L;

    private final ArtifactStore store;
    private long checkedAt;

    ArtifactsHealth(ArtifactStore store) {
        super("The artifact store does not answer");
        this.store = store;
    }

    @Override
    protected synchronized void doHealthCheck(Health.Builder health) {
        long now = System.nanoTime();
        if (checkedAt == 0 || now - checkedAt > FRESH_NANOS) {
            checkedAt = 0;
            store.check();
            checkedAt = now;
        }
        health.up();
    }
}
