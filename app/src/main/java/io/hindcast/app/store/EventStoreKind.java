package io.hindcast.app.store;

import io.hindcast.console.StartFailure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the log is, and with it how messages travel. */
public enum EventStoreKind {
    /** In PostgreSQL; commands and queries stay in this process. */
    POSTGRES,
    /** In Axon Server, which carries commands and queries between processes too. */
    AXON_SERVER;

    /** The property that chooses. */
    public static final String PROPERTY = "hindcast.event-store";

    public static EventStoreKind parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new StartFailure(PROPERTY + " was '" + text + "', expected one of "
                        + Arrays.stream(values()).map(EventStoreKind::toString).collect(Collectors.joining(", "))
                        + "."));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
