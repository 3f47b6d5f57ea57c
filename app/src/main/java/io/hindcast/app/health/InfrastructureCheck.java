package io.hindcast.app.health;

import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.Outages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reports outages of the database and of Axon Server, which cannot report their own. */
final class InfrastructureCheck implements Runnable {

    private static final String DATABASE = "the database";
    private static final String AXON_SERVER = "Axon Server";
    private static final int TIMEOUT_SECONDS = 2;

    private final DataSource database;
    private final BooleanSupplier axonServerAnswers;
    private final Outages outages;
    private Set<String> reported = Set.of();

    /** @param axonServerAnswers false while Axon Server is in use and cannot be reached */
    InfrastructureCheck(DataSource database, BooleanSupplier axonServerAnswers, Outages outages) {
        this.database = database;
        this.axonServerAnswers = axonServerAnswers;
        this.outages = outages;
    }

    @Override
    public void run() {
        Set<String> found = new HashSet<>();
        String problem = databaseProblem();
        if (problem != null) {
            found.add(DATABASE);
            outages.down(
                    DATABASE,
                    "The database does not answer: " + problem,
                    "Everything waits and goes on when it is back; recorded data are safe. If it stays down, start it, or"
                            + " restart Hindcast.");
        }
        if (!axonServerAnswers.getAsBoolean()) {
            found.add(AXON_SERVER);
            outages.down(
                    AXON_SERVER,
                    "Axon Server does not answer",
                    "Everything waits and goes on when it is back; recorded data are safe. If it stays down, start it, or"
                            + " check axon.axonserver.servers.");
        }
        for (String part : reported) {
            if (!found.contains(part)) {
                outages.over(part);
            }
        }
        reported = found;
    }

    /** Returns why the database does not answer, or null if it does. */
    private @Nullable String databaseProblem() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS) ? null : "the connection is dead";
        } catch (SQLException e) {
            return FailureReason.of(e);
        }
    }
}
