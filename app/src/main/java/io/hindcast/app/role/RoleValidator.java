package io.hindcast.app.role;

import io.hindcast.app.axon.EventStoreKind;
import io.hindcast.console.StartFailure;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that a set of roles can run on an event store. */
public final class RoleValidator {

    private RoleValidator() {}

    /** Refuses a partial set of roles on a store that does not route commands and queries between processes. */
    public static void check(Set<Role> roles, EventStoreKind store) {
        if (store == EventStoreKind.POSTGRES && roles.size() < Role.values().length) {
            String missing = EnumSet.complementOf(EnumSet.copyOf(roles)).stream()
                    .map(Role::toString)
                    .collect(Collectors.joining(","));
            throw new StartFailure("The roles " + missing
                    + " are off, but with the event store in PostgreSQL all roles must run in one"
                    + " process, because commands and queries do not leave it. Leave out --roles, or set"
                    + " hindcast.event-store=axon-server to distribute roles over processes.");
        }
    }
}
