package io.hindcast.app.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What takes more than eight things to make does too much. */
@AnalyzeClasses(packages = "io.hindcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ConstructorsTest {

    private static final int MOST = 8;

    @ArchTest
    static final ArchRule no_constructor_has_more_than_eight_parameters = classes()
            .should(new ArchCondition<JavaClass>("have constructors of at most " + MOST + " parameters") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (isRowOfData(type)) {
                        return;
                    }
                    for (JavaConstructor constructor : type.getConstructors()) {
                        int parameters = constructor.getRawParameterTypes().size();
                        if (parameters > MOST) {
                            events.add(SimpleConditionEvent.violated(
                                    constructor, constructor.getFullName() + " has " + parameters));
                        }
                    }
                }
            });

    /** Messages, nodes of the GraphQL schema and bars have the columns of what they are. */
    private static boolean isRowOfData(JavaClass type) {
        return type.isRecord()
                && (type.getPackageName().startsWith("io.hindcast.api.")
                        || type.getPackageName().startsWith("io.hindcast.graphql.")
                        || type.getName().equals("io.hindcast.ml.feature.Bar"));
    }
}
