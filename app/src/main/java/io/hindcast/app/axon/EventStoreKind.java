package io.hindcast.app.axon;

import io.hindcast.console.StartFailure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Kinds of event store, which also determine how messages are routed. */
public enum EventStoreKind {
    /** The log is in PostgreSQL; commands and queries stay in this process. */
    POSTGRES,
    /** The log is in Axon Server, which also routes commands and queries between processes. */
    AXON_SERVER;

    /** Name of the property that selects the event store. */
    public static final String PROPERTY = "hindcast.event-store";

    /** Returns the kind with a name; refuses any other name. */
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
