package io.hindcast.app.health;

import io.hindcast.inference.LaneRegistry;
import io.hindcast.inference.LaneStatus;
import io.hindcast.runtime.Outages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks at parts that cannot report their outages themselves: a database or an Axon Server that does not answer, live versions that do not
 * predict.
 */
final class PartChecks implements Runnable {

    private static final String DATABASE = "the database";
    private static final String AXON_SERVER = "Axon Server";
    private static final int ANSWER_SECONDS = 2;

    private final DataSource database;
    private final BooleanSupplier logAnswers;
    private final @Nullable LaneRegistry lanes;
    private final Outages outages;
    private Set<String> reported = Set.of();

    /** @param logAnswers false while the log, if it is not in the database, cannot be reached */
    PartChecks(DataSource database, BooleanSupplier logAnswers, @Nullable LaneRegistry lanes, Outages outages) {
        this.database = database;
        this.logAnswers = logAnswers;
        this.lanes = lanes;
        this.outages = outages;
    }

    @Override
    public void run() {
        Set<String> found = new HashSet<>();
        String silence = silence();
        if (silence != null) {
            found.add(DATABASE);
            outages.down(
                    DATABASE,
                    "The database does not answer: " + silence,
                    "Everything waits for it and goes on when it is back; what was recorded is safe. If it stays away, start"
                            + " it, or stop Hindcast and start it again.");
        }
        if (!logAnswers.getAsBoolean()) {
            found.add(AXON_SERVER);
            outages.down(
                    AXON_SERVER,
                    "Axon Server does not answer",
                    "Everything waits for it and goes on when it is back; what was recorded is safe. If it stays away, start"
                            + " it, or check axon.axonserver.servers.");
        }
        for (LaneStatus lane : lanes == null ? List.<LaneStatus>of() : lanes.all()) {
            if (lane.state() == LaneStatus.State.UNHEALTHY) {
                String part = "lane of " + lane.version();
                found.add(part);
                outages.down(
                        part,
                        lane.version() + " does not predict: " + lane.problem().orElse("its model is not loaded"),
                        "It is tried again by itself; the other lanes go on.");
            }
        }
        for (String part : reported) {
            if (!found.contains(part)) {
                outages.over(part);
            }
        }
        reported = found;
    }

    /** Why the database does not answer; null if it does. */
    private @Nullable String silence() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(ANSWER_SECONDS) ? null : "a connection is dead";
        } catch (SQLException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }
    }
}
