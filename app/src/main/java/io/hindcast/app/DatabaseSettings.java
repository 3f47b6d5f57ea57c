package io.hindcast.app;

import io.hindcast.app.local.DatabaseAddress;
import io.hindcast.console.StartFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of an external PostgreSQL database. Without a URL, an embedded server is started on the data folder.
 *
 * @param url JDBC URL, such as {@code jdbc:postgresql://host:5432/database}; absent for the embedded server
 * @param user user who may create schemas in it
 * @param password password, from the environment (HINDCAST_DATABASE_PASSWORD) or a mounted file
 * @param connections maximum number of connections of this process, 2 or more; the embedded server takes 60
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
