package io.hindcast.app.running;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.util.concurrent.TimeUnit;

/** Address of the Axon Server for tests, and access to its log without the program's own readers. */
record AxonServerAddress(String host, int port) {

    static final String VARIABLE = "HINDCAST_TEST_AXON_SERVER";

    static AxonServerAddress fromEnvironment() {
        String address = System.getenv(VARIABLE);
        int colon = address.lastIndexOf(':');
        return new AxonServerAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Fails if the log is not empty: events of another run would be handled again, without their artifacts. */
    void requireEmpty() throws Exception {
        if (with(connection -> lastToken(connection)) >= 0) {
            throw new AssertionError(
                    "the log of the Axon Server at " + this + " is not empty: start it on an empty folder");
        }
    }

    /** Reads the whole log. */
    LogContents read() throws Exception {
        return with(connection -> {
            LogContents contents = new LogContents();
            long last = lastToken(connection);
            try (EventStream events = connection.eventChannel().openStream(-1, 1_000)) {
                for (long token = -1; token < last; ) {
                    EventWithToken next = events.nextIfAvailable(20, TimeUnit.SECONDS);
                    if (next == null) {
                        throw new AssertionError("the log ends at " + token + " and not at " + last);
                    }
                    Event event = next.getEvent();
                    contents.add(
                            event.getAggregateIdentifier(),
                            event.getAggregateSequenceNumber(),
                            event.getPayload().getType(),
                            event.getPayload().getData().toByteArray());
                    token = next.getToken();
                }
            }
            return contents;
        });
    }

    private static long lastToken(AxonServerConnection connection) throws Exception {
        return connection.eventChannel().getLastToken().get(20, TimeUnit.SECONDS);
    }

    private interface Work<T> {
        T with(AxonServerConnection connection) throws Exception;
    }

    private <T> T with(Work<T> work) throws Exception {
        AxonServerConnectionFactory factory = AxonServerConnectionFactory.forClient("hindcast-test")
                .routingServers(new ServerAddress(host, port))
                .connectTimeout(20, TimeUnit.SECONDS)
                .build();
        try {
            return work.with(factory.connect("default"));
        } finally {
            factory.shutdown();
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
