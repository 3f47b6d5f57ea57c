package io.hindcast.app;

import io.hindcast.app.local.DatabaseAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * A PostgreSQL of somebody else's. Without it one is started on the data folder.
 *
 * @param url as JDBC has it, {@code jdbc:postgresql://host:5432/database}
 * @param user who may make schemas in it
 * @param password from the environment (HINDCAST_DATABASE_PASSWORD) or a mounted file
 */
@ConfigurationProperties("hindcast.database")
record DatabaseSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

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
