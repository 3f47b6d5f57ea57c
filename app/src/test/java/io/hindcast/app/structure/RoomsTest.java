package io.hindcast.app.structure;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.scheduling.support.CronExpression;

/** Who may know whom: the directions between the rooms of the house. */
@AnalyzeClasses(packages = "io.hindcast", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule the_message_room_knows_nothing_of_ours = knowsOnly("api");

    @ArchTest
    static final ArchRule the_runtime_room_knows_nothing_of_ours = knowsOnly("runtime");

    @ArchTest
    static final ArchRule the_console_room_knows_messages_only = knowsOnly("console", "api");

    @ArchTest
    static final ArchRule offline_knows_archives_and_ml_but_no_platform =
            knowsOnly("offline", "console", "simulator", "news", "ml", "runtime", "api");

    @ArchTest
    static final ArchRule ml_knows_the_values_of_the_message_room_only = knowsOnly("ml", "api");

    @ArchTest
    static final ArchRule a_worker_knows_ml_but_no_platform = knowsOnly("worker", "ml", "api");

    @ArchTest
    static final ArchRule a_worker_has_no_framework_no_database_and_no_store = noClasses()
            .that()
            .resideInAPackage("io.hindcast.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "org.axonframework..", "java.sql..", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule only_training_knows_kubernetes = noClasses()
            .that(not(resideInAPackage("io.hindcast.training..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule artifacts_knows_messages_only = knowsOnly("artifacts", "api");

    @ArchTest
    static final ArchRule history_knows_messages_only = knowsOnly("history", "api");

    @ArchTest
    static final ArchRule the_read_model_room_knows_messages_only = knowsOnly("readmodel", "api");

    @ArchTest
    static final ArchTests wings_know_no_other_wing = ArchTests.in(Wings.class);

    static class Wings {
        @ArchTest
        static final ArchRule feeds = knowsOnly("feeds", "runtime", "api");

        @ArchTest
        static final ArchRule simulator = knowsOnly("simulator", "runtime", "api");

        @ArchTest
        static final ArchRule news = knowsOnly("news", "runtime", "api");

        @ArchTest
        static final ArchRule command = knowsOnly("command", "runtime", "api");

        @ArchTest
        static final ArchRule sagas = knowsOnly("sagas", "runtime", "api");

        @ArchTest
        static final ArchRule projections = knowsOnly("projections", "runtime", "api", "readmodel");

        @ArchTest
        static final ArchRule query = knowsOnly("query", "runtime", "api", "readmodel", "ml.evaluate", "ml.statistics");

        @ArchTest
        static final ArchRule graphql = knowsOnly("graphql", "runtime", "api");

        @ArchTest
        static final ArchRule inference = knowsOnly("inference", "runtime", "api", "ml", "history", "artifacts");

        @ArchTest
        static final ArchRule training = knowsOnly("training", "runtime", "api", "ml", "history", "artifacts");
    }

    @ArchTest
    static final ArchRule nobody_knows_the_app = noClasses()
            .that(not(resideInAPackage("io.hindcast.app..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.hindcast.app..");

    @ArchTest
    static final ArchRule ml_is_a_plain_library = noClasses()
            .that()
            .resideInAPackage("io.hindcast.ml..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.axonframework..");

    @ArchTest
    static final ArchRule decisions_know_no_framework_but_axon = noClasses()
            .that(resideInAnyPackage("io.hindcast.command..", "io.hindcast.sagas..")
                    .and(not(JavaClass.Predicates.simpleNameEndingWith("Configuration")))
                    .and(not(JavaClass.Predicates.simpleNameEndingWith("Properties")))
                    .and(not(JavaClass.Predicates.simpleNameEndingWith("Settings"))))
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework..")
                    .and(not(JavaClass.Predicates.type(CronExpression.class))));

    @ArchTest
    static final ArchRule messages_are_immutable = classes()
            .that()
            .resideInAPackage("io.hindcast.api..")
            .and()
            .areRecords()
            .should()
            .haveOnlyFinalFields();

    /** A room's classes depend on nothing of ours but itself and these rooms. */
    private static ArchRule knowsOnly(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others))
                .map(name -> "io.hindcast." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.hindcast." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.hindcast..").and(not(resideInAnyPackage(allowed))));
    }
}
