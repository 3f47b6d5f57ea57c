package io.hindcast.app.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits that no compiler and no formatter holds. */
class SourceFilesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_LINE = 120;

    @Test
    void noMainFileIsLongerThan400Lines() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : mainFiles(".java", ".ts", ".tsx", ".css")) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                found.add(ROOT.relativize(file) + ": " + lines);
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noCommentIsWiderThanTheFormatterAllows() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : mainFiles(".java")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                boolean comment = line.startsWith("//") || line.startsWith("*") || line.startsWith("/*");
                if (comment && lines.get(i).length() > LONGEST_LINE) {
                    found.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> mainFiles(String... endings) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> rooms = Files.list(ROOT)) {
            for (Path room : rooms.filter(Files::isDirectory).sorted().toList()) {
                for (String folder : List.of("src/main", "src")) {
                    Path sources = room.resolve(folder);
                    if (Files.isDirectory(sources)) {
                        found.addAll(filesIn(sources, endings));
                        break;
                    }
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(500);
        return found;
    }

    private static List<Path> filesIn(Path sources, String... endings) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(file -> !file.toString().contains("/generated/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
