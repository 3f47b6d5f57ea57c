package io.hindcast.training.compute.vast;

import java.time.Duration;
import java.util.Locale;

/** Kind of a call of the API, with the least time between two calls of the kind that the API accepts. */
enum VastCall {
    SEARCH(1000),
    CREATE(4500),
    SHOW(2000),
    LIST(1000),
    DESTROY(3000);

    private final Duration spacing;

    VastCall(long millis) {
        this.spacing = Duration.ofMillis(millis);
    }

    Duration spacing() {
        return spacing;
    }

    /** Returns the name as it is used in messages and metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
