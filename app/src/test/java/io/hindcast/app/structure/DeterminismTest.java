package io.hindcast.app.structure;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where state is decided or computed again, time, chance and place are arguments: the same events always give the same
 * state, on any machine, at any time.
 */
@AnalyzeClasses(packages = "io.hindcast", importOptions = ImportOption.DoNotIncludeTests.class)
class DeterminismTest {

    private static final String[] DECIDING = {
        "io.hindcast.api..",
        "io.hindcast.command..",
        "io.hindcast.sagas..",
        "io.hindcast.ml..",
        "io.hindcast.history..",
        "io.hindcast.inference..",
        "io.hindcast.projections.."
    };

    @ArchTest
    static final ArchRule no_clock_is_read = noClasses()
            .that()
            .resideInAnyPackage(DECIDING)
            .should()
            .callMethodWhere(named("now", JavaClass.Predicates.resideInAPackage("java.time..")))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethodWhere(
                    ofAny(Set.of("system", "systemUTC", "systemDefaultZone"), Clock.class, InstantSource.class));

    @ArchTest
    static final ArchRule chance_comes_from_a_seed = noClasses()
            .that()
            .resideInAnyPackage(DECIDING)
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callMethodWhere(ofAny(Set.of("current"), ThreadLocalRandom.class));

    @ArchTest
    static final ArchRule no_zone_of_the_machine = noClasses()
            .that()
            .resideInAnyPackage(DECIDING)
            .should()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(TimeZone.class, "getDefault");

    private static DescribedPredicate<JavaCall<?>> named(String method, DescribedPredicate<? super JavaClass> ownedBy) {
        return target(name(method)).and(target(owner(ownedBy))).forSubtype();
    }

    private static DescribedPredicate<JavaAccess<?>> ofAny(Set<String> methods, Class<?>... owners) {
        return DescribedPredicate.describe(
                "one of " + methods,
                access -> methods.contains(access.getName())
                        && Set.of(owners).stream()
                                .anyMatch(type -> access.getTargetOwner().isEquivalentTo(type)));
    }
}
