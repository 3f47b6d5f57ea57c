package io.hindcast.app.role;

import io.hindcast.app.market.MarketConfiguration;
import io.hindcast.command.CommandConfiguration;
import io.hindcast.console.StartFailure;
import io.hindcast.graphql.GraphqlConfiguration;
import io.hindcast.inference.InferenceConfiguration;
import io.hindcast.projections.ProjectionsConfiguration;
import io.hindcast.query.QueryConfiguration;
import io.hindcast.sagas.SagasConfiguration;
import io.hindcast.training.TrainingConfiguration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Roles of the platform. With an event store that routes messages between processes, each role can run in a process of
 * its own.
 */
public enum Role {
    FEEDS(MarketConfiguration.class),
    COMMAND(CommandConfiguration.class),
    INFERENCE(InferenceConfiguration.class),
    TRAINING(TrainingConfiguration.class),
    SAGAS(SagasConfiguration.class),
    PROJECTIONS(ProjectionsConfiguration.class),
    QUERY(QueryConfiguration.class),
    GRAPHQL(GraphqlConfiguration.class);

    private final Class<?> configuration;

    Role(Class<?> configuration) {
        this.configuration = configuration;
    }

    /** Name of the property that lists the enabled roles. */
    public static final String PROPERTY = "hindcast.roles";

    /** All roles, separated by commas, as in {@code --roles}. */
    public static final String ALL = Arrays.stream(values()).map(Role::toString).collect(Collectors.joining(","));

    /** Parses a list such as {@code feeds,command}. An empty list stands for all roles. */
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

    /** Returns the Spring configuration of the role. */
    Class<?> configuration() {
        return configuration;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
