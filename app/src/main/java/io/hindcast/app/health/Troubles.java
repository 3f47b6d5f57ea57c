package io.hindcast.app.health;

import io.hindcast.feeds.news.NewsStatus;
import io.hindcast.inference.LaneRegistry;
import io.hindcast.inference.LaneStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What keeps this process from doing its work now: a database or an Axon Server that does not answer, live versions that do not predict,
 * sources of news that lack a program.
 */
final class Troubles implements Supplier<Map<String, String>> {

    private static final int ANSWER_SECONDS = 2;

    private final DataSource database;
    private final BooleanSupplier logAnswers;
    private final @Nullable LaneRegistry lanes;
    private final @Nullable NewsStatus news;

    /** @param logAnswers false while the log, if it is not in the database, cannot be reached */
    Troubles(DataSource database, BooleanSupplier logAnswers, @Nullable LaneRegistry lanes, @Nullable NewsStatus news) {
        this.database = database;
        this.logAnswers = logAnswers;
        this.lanes = lanes;
        this.news = news;
    }

    @Override
    public Map<String, String> get() {
        Map<String, String> troubles = new TreeMap<>();
        String silence = silence();
        if (silence != null) {
            troubles.put(
                    "the database",
                    "The database does not answer: " + silence
                            + ". Everything waits for it and goes on when it is back; what was recorded is safe. If it stays"
                            + " away, start it, or stop Hindcast and start it again.");
        }
        if (!logAnswers.getAsBoolean()) {
            troubles.put(
                    "Axon Server",
                    "Axon Server does not answer. Everything waits for it and goes on when it is back; what was recorded is"
                            + " safe. If it stays away, start it, or check axon.axonserver.servers.");
        }
        for (LaneStatus lane : lanes == null ? List.<LaneStatus>of() : lanes.all()) {
            if (lane.state() == LaneStatus.State.UNHEALTHY) {
                lane.problem()
                        .ifPresent(problem -> troubles.put(
                                lane.version().toString(), lane.version() + " does not predict: " + problem));
            }
        }
        if (news != null) {
            news.needs().forEach((channel, whatToDo) -> troubles.put("news of " + channel, whatToDo));
        }
        return troubles;
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
