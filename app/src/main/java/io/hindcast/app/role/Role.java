package io.hindcast.app.role;

import io.hindcast.app.StartFailure;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The wings of the platform. Each can run in a process of its own when the store is one that carries messages between
 * them.
 */
public enum Role {
    FEEDS,
    COMMAND,
    INFERENCE,
    TRAINING,
    SAGAS,
    PROJECTIONS,
    QUERY,
    GRAPHQL;

    /** The property that says which roles are on. */
    public static final String PROPERTY = "hindcast.roles";

    /** All roles, as they are written in {@code --roles}. */
    public static final String ALL = Arrays.stream(values()).map(Role::toString).collect(Collectors.joining(","));

    /** Reads a list such as {@code feeds,command}; an empty one means all. */
    public static Set<Role> parse(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : text.split(",", -1)) {
            String word = name.strip();
            if (!word.isEmpty()) {
                roles.add(Arrays.stream(values())
                        .filter(role -> role.toString().equalsIgnoreCase(word))
                        .findFirst()
                        .orElseThrow(
                                () -> new StartFailure("There is no role '" + word + "'. The roles are " + ALL + ".")));
            }
        }
        return roles.isEmpty() ? EnumSet.allOf(Role.class) : roles;
    }

    /** The class name of the wing's one configuration. */
    String configuration() {
        return "io.hindcast." + this + "." + name().charAt(0) + toString().substring(1) + "Configuration";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
