package io.hindcast.app.role;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.app.store.EventStoreKind;
import io.hindcast.console.StartFailure;
import org.junit.jupiter.api.Test;

class RolesRuleTest {

    @Test
    void aPartOfTheRolesOnPostgresIsRefusedWithTheReason() {
        assertThatThrownBy(() -> RolesRule.check(Role.parse("feeds,command"), EventStoreKind.POSTGRES))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("inference,training,sagas,projections,query,graphql are off")
                .hasMessageContaining("commands and queries do not leave it")
                .hasMessageContaining("axon-server");
    }

    @Test
    void aPartOfTheRolesOnAxonServerIsFine() {
        assertThatCode(() -> RolesRule.check(Role.parse("graphql"), EventStoreKind.AXON_SERVER))
                .doesNotThrowAnyException();
    }

    @Test
    void allRolesRunEverywhere() {
        for (EventStoreKind kind : EventStoreKind.values()) {
            assertThatCode(() -> RolesRule.check(Role.parse(""), kind)).doesNotThrowAnyException();
            assertThatCode(() -> RolesRule.check(Role.parse(Role.ALL), kind)).doesNotThrowAnyException();
        }
    }

    @Test
    void anUnknownRoleIsNamedWithThoseThatExist() {
        assertThatThrownBy(() -> Role.parse("feeds,kitchen"))
                .hasMessageContaining("'kitchen'")
                .hasMessageContaining("feeds,command,inference");
    }
}
