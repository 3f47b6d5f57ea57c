package io.hindcast.app.axon;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;

/**
 * Event storage engine that limits the time of appending transactions. An append takes its position in the log at once
 * but becomes visible only when its transaction commits. Readers wait for such a gap no longer than the gap timeout and
 * then skip it for good, so the server aborts an appending transaction after half that time.
 */
final class TimeLimitedEventStorageEngine extends JdbcEventStorageEngine {

    /** Time after which readers treat a gap as a rolled-back transaction. */
    static final Duration GAP_TIMEOUT = Duration.ofSeconds(10);

    /** Time after which the server aborts an appending transaction. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionManager transactions;
    private final String limit;

    TimeLimitedEventStorageEngine(Builder builder, TransactionManager transactions) {
        this(builder, transactions, TRANSACTION_TIMEOUT);
    }

    TimeLimitedEventStorageEngine(Builder builder, TransactionManager transactions, Duration timeout) {
        super(builder);
        this.transactions = transactions;
        this.limit = "set local transaction_timeout = " + timeout.toMillis();
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        transactions.executeInTransaction(() -> {
            limitTransaction();
            super.appendEvents(events, serializer);
        });
    }

    private void limitTransaction() {
        Connection connection = getConnection();
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(limit);
        } catch (SQLException e) {
            throw new EventStoreException("The time of an appending transaction could not be limited", e);
        }
    }
}
