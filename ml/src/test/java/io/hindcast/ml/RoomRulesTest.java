package io.hindcast.ml;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

@AnalyzeClasses(packages = "io.hindcast.ml", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomRulesTest {

    @ArchTest
    static final ArchRule mlIsALibraryWithoutFrameworks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.axonframework..", "jakarta..");

    @ArchTest
    static final ArchRule nothingReadsAClockOrUsesUnseededRandomness = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, SecureRandom.class, ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule machineDependentFunctionsAreStrict = noClasses()
            .should()
            .callMethod(Math.class, "log", double.class)
            .orShould()
            .callMethod(Math.class, "log1p", double.class)
            .orShould()
            .callMethod(Math.class, "exp", double.class)
            .orShould()
            .callMethod(Math.class, "pow", double.class, double.class)
            .orShould()
            .callMethod(Math.class, "sin", double.class)
            .orShould()
            .callMethod(Math.class, "cos", double.class);

    /**
     * DJL makes an array of a plain number and closes it at once, although a later gradient still reads its memory;
     * once that memory is reused, gradients are wrong or {@code NaN}. An array of the step's manager lives long enough.
     */
    @ArchTest
    static final ArchRule noArrayIsScaledByAPlainNumber = noClasses()
            .should()
            .callMethod(NDArray.class, "mul", Number.class)
            .orShould()
            .callMethod(NDArray.class, "div", Number.class)
            .orShould()
            .callMethod(NDArray.class, "pow", Number.class);

    @ArchTest
    static final ArchRule featuresDoNotDependOnModels = noClasses()
            .that()
            .resideInAnyPackage("..feature", "..label", "..dataset")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..train", "..score", "..serve", "..onnx", "io.hindcast.ml.model", "..lightgbm", "..evaluate");

    @ArchTest
    static final ArchRule scoringDoesNotDependOnTraining = noClasses()
            .that()
            .resideInAnyPackage("..score", "..serve", "io.hindcast.ml.model", "..onnx")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..train", "..dataset");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.hindcast.ml.(*)..").should().beFreeOfCycles();
}
