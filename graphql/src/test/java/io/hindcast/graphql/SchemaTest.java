package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.DescribedNode;
import graphql.language.Description;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema is fully described and stays compatible with its baseline. */
class SchemaTest {

    private static final Path SCHEMA = Path.of("src/main/resources/graphql/schema.graphqls");
    private static final Path BASELINE = Path.of("src/test/resources/schema-baseline.graphqls");

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static GraphQLSchema schema(String text) {
        TypeDefinitionRegistry types = new SchemaParser().parse(text);
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(types);
    }

    private static List<String> breakages(String before, String after) {
        CapturingReporter reporter = new CapturingReporter();
        new SchemaDiff().diffSchema(SchemaDiffSet.diffSetFromSdl(schema(before), schema(after)), reporter);
        return reporter.getBreakages().stream().map(DiffEvent::getReasonMsg).toList();
    }

    @Test
    void describesEverything() throws IOException {
        TypeDefinitionRegistry types = new SchemaParser().parse(read(SCHEMA));
        List<String> bare = new ArrayList<>();
        types.scalars().values().stream()
                .filter(scalar -> !ScalarInfo.isGraphqlSpecifiedScalar(scalar.getName()))
                .forEach(scalar -> check(scalar, scalar.getName(), bare));
        for (TypeDefinition<?> type : types.types().values()) {
            check(type, type.getName(), bare);
            switch (type) {
                case ObjectTypeDefinition object ->
                    object.getFieldDefinitions().forEach(field -> check(field, type.getName(), bare));
                case EnumTypeDefinition values ->
                    values.getEnumValueDefinitions()
                            .forEach(value -> check(value, type.getName() + "." + value.getName(), bare));
                case InputObjectTypeDefinition input ->
                    input.getInputValueDefinitions()
                            .forEach(value -> check(value, type.getName() + "." + value.getName(), bare));
                default -> {
                    // Has no parts.
                }
            }
        }
        assertThat(bare).as("without a description").isEmpty();
    }

    private static void check(FieldDefinition field, String type, List<String> bare) {
        String name = type + "." + field.getName();
        check((Object) field, name, bare);
        field.getInputValueDefinitions()
                .forEach(argument -> check(argument, name + "(" + argument.getName() + ")", bare));
    }

    private static void check(Object node, String name, List<String> bare) {
        Description description = ((DescribedNode<?>) node).getDescription();
        if (description == null || description.getContent().isBlank()) {
            bare.add(name);
        } else if (!description.getContent().strip().matches("(?s).*[.:!]$")) {
            bare.add(name + ": no sentence: " + description.getContent());
        }
    }

    @Test
    void isCompatibleWithTheBaseline() throws IOException {
        String schema = read(SCHEMA);
        if (Boolean.getBoolean("hindcast.renew")) {
            Files.writeString(BASELINE, schema);
        }

        assertThat(breakages(read(BASELINE), schema))
                .as(
                        "If this is meant, say so in the commit and renew %s: CONTRIBUTING.md, Change the schema.",
                        BASELINE)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  quoteVolume: Decimal!|",
                "  lastOpenTime: DateTime|  lastOpenTime: Long",
                "  candles: Long!|  candles: Long",
                "  CONTENT_FETCHED|",
                "  platform: Platform!|  platform(name: String!): Platform!",
                "    source: String|"
            })
    void detectsBreakingChanges(String before, @Nullable String after) throws IOException {
        String schema = read(SCHEMA);
        assertThat(schema).contains(before);

        // Without descriptions: removing a field would leave its description in front of the next one.
        String changed = schema.replaceAll("(?s)\"\"\".*?\"\"\"", "").replaceAll("\"[^\"\\n]*\"\\n", "\n");
        assertThat(breakages(changed, changed.replaceFirst(Pattern.quote(before), after == null ? "" : after)))
                .isNotEmpty();
    }

    @Test
    void acceptsAdditions() throws IOException {
        String schema = read(SCHEMA);

        assertThat(breakages(schema, schema.replace("type Platform {", "type Platform {\n  \"New.\"\n  more: String")))
                .isEmpty();
    }
}
