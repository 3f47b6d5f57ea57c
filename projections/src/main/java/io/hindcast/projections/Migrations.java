package io.hindcast.projections;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the platform's database to the state this program expects: log, tokens, sagas, deadlines, read-model builds.
 */
public final class Migrations {

    /** Where Flyway finds the migrations. */
    public static final String LOCATION = "classpath:db/hindcast";

    /** The schema they make and keep their history in. Read models live beside it, in {@code rm_<build>}. */
    public static final String SCHEMA = "hindcast";

    private Migrations() {}

    /** Applies what is missing; a second call changes nothing. Answers how many were applied. */
    public static int migrate(DataSource dataSource) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .locations(LOCATION)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
