package io.hindcast.app.store;

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
 * An event storage engine whose appending transactions cannot outlive the patience of its readers. An append draws its
 * place in the log at once but becomes visible only when its transaction commits; readers wait for that gap as long as
 * the gap timeout and then go on without it, for ever. So the server ends a transaction that has appended and not
 * committed in half that time.
 */
final class TimedAppends extends JdbcEventStorageEngine {

    /** After this a reader takes a gap for a rolled back transaction. */
    static final Duration GAP_TIMEOUT = Duration.ofSeconds(10);

    /** After this an appending transaction is ended by the server. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionManager transactions;
    private final String limit;

    TimedAppends(Builder builder, TransactionManager transactions) {
        this(builder, transactions, TRANSACTION_TIMEOUT);
    }

    TimedAppends(Builder builder, TransactionManager transactions, Duration timeout) {
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
            throw new EventStoreException("The appending transaction could not be limited in time", e);
        }
    }
}
