package io.hindcast.app.role;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.app.axon.EventStoreKind;
import io.hindcast.console.StartFailure;
import org.junit.jupiter.api.Test;

class RoleValidatorTest {

    @Test
    void refusesPartialRolesOnPostgresWithTheReason() {
        assertThatThrownBy(() -> RoleValidator.check(Role.parse("feeds,command"), EventStoreKind.POSTGRES))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("inference,training,sagas,projections,query,graphql are off")
                .hasMessageContaining("commands and queries do not leave it")
                .hasMessageContaining("axon-server");
    }

    @Test
    void acceptsPartialRolesOnAxonServer() {
        assertThatCode(() -> RoleValidator.check(Role.parse("graphql"), EventStoreKind.AXON_SERVER))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsAllRolesOnEveryStore() {
        for (EventStoreKind kind : EventStoreKind.values()) {
            assertThatCode(() -> RoleValidator.check(Role.parse(""), kind)).doesNotThrowAnyException();
            assertThatCode(() -> RoleValidator.check(Role.parse(Role.ALL), kind))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void namesAnUnknownRoleAndTheExistingOnes() {
        assertThatThrownBy(() -> Role.parse("feeds,kitchen"))
                .hasMessageContaining("'kitchen'")
                .hasMessageContaining("feeds,command,inference");
    }
}
