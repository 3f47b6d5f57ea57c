package io.hindcast.app;

import io.hindcast.app.local.DatabaseAddress;
import io.hindcast.console.StartFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A PostgreSQL of somebody else's. Without it one is started on the data folder.
 *
 * @param url as JDBC has it, {@code jdbc:postgresql://host:5432/database}
 * @param user who may make schemas in it
 * @param password from the environment (HINDCAST_DATABASE_PASSWORD) or a mounted file
 * @param connections at most from this process; a server of our own takes 60, and some are left for people who look
 */
@ConfigurationProperties("hindcast.database")
record DatabaseSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("44") int connections) {

    DatabaseSettings {
        if (connections < 2) {
            throw new StartFailure("hindcast.database.connections was " + connections + ", expected 2 or more.");
        }
    }

    Optional<DatabaseAddress> address() {
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        if (user == null || password == null) {
            throw new StartFailure("The database " + url + " needs a user and a password, and none was given."
                    + " Set HINDCAST_DATABASE_USER and HINDCAST_DATABASE_PASSWORD.");
        }
        return Optional.of(new DatabaseAddress(url, user, password));
    }
}
