package io.hindcast.readmodel.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** The migrations of the platform's database: event store, tokens, sagas, deadlines, read-model builds. */
public final class Migrations {

    private static final String LOCATION = "classpath:db/hindcast";

    /** Schema of the migrated tables and of Flyway's history. Read models have schemas of their own. */
    static final String SCHEMA = "hindcast";

    private Migrations() {}

    /**
     * Applies all pending migrations and returns their number.
     *
     * @throws IncompatibleDatabaseException if other migrations were applied to the database before
     */
    public static int migrate(DataSource dataSource) {
        try {
            return Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .createSchemas(true)
                    .locations(LOCATION)
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayValidateException e) {
            throw new IncompatibleDatabaseException(e);
        }
    }
}
