package io.hindcast.app.role;

import java.util.Set;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the configuration of each enabled role. */
public final class RoleImportSelector implements ImportSelector, EnvironmentAware {

    private Set<Role> roles = Set.of();

    @Override
    public void setEnvironment(Environment environment) {
        roles = Role.parse(environment.getProperty(Role.PROPERTY, ""));
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return roles.stream().map(role -> role.configuration().getName()).toArray(String[]::new);
    }
}
