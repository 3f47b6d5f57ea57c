package io.hindcast.app.role;

import io.hindcast.app.store.EventStoreKind;
import io.hindcast.console.StartFailure;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which sets of roles make sense on which store. */
public final class RolesRule {

    private RolesRule() {}

    /** Refuses a part of the roles on a store that cannot carry commands and queries to the other part. */
    public static void check(Set<Role> roles, EventStoreKind store) {
        if (store == EventStoreKind.POSTGRES && roles.size() < Role.values().length) {
            String missing = EnumSet.complementOf(EnumSet.copyOf(roles)).stream()
                    .map(Role::toString)
                    .collect(Collectors.joining(","));
            throw new StartFailure(
                    "The roles " + missing + " are off, and with the event store in PostgreSQL all must run in one"
                            + " process, because commands and queries do not leave it. Leave --roles out, or set"
                            + " hindcast.event-store=axon-server to spread roles over processes.");
        }
    }
}
