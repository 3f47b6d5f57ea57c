package io.hindcast.readmodel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.readmodel.TestDatabase;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    @Test
    void appliesNothingToADatabaseThatIsUpToDate() {
        try (TestDatabase database = new TestDatabase()) {
            assertThat(Migrations.migrate(database.dataSource)).isZero();
        }
    }

    @Test
    void refusesADatabaseOfAnotherVersionWithTheWayOn() {
        try (TestDatabase database = new TestDatabase()) {
            assertThat(database.jdbc.update(
                            "update hindcast.flyway_schema_history set checksum = 1 where version = '1'"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> Migrations.migrate(database.dataSource))
                    .isInstanceOf(IncompatibleDatabaseException.class)
                    .hasMessageContaining("another version of Hindcast")
                    .hasMessageContaining("--data-dir");
        }
    }
}
