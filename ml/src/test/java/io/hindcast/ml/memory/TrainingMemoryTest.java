package io.hindcast.ml.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hindcast.api.model.ModelFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingMemoryTest {

    private static final Pattern RESIDENT = Pattern.compile("cycle \\d+: (\\d+) MB resident");
    private static final int CYCLES = 16;
    /** Cycles in which libraries and allocator reach their stable size. */
    private static final int WARM_UP = 4;

    /**
     * Megabytes of growth from the middle cycles to the last: more than fragmentation, less than a leak of 4 MB per
     * cycle.
     */
    private static final long BOUND = 30;

    /**
     * Runs in a separate process whose heap has its full size from the start, so that only native memory can grow. Each
     * training runs on a new thread, as on the platform.
     */
    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void nativeMemoryDoesNotGrowFromOneTrainingToTheNext(ModelFamily family, @TempDir Path folder) throws Exception {
        assumeThat(Path.of("/proc/self/status"))
                .as("where the resident size can be read")
                .isReadable();
        List<Long> resident = residentAfterEachCycle(family, folder);
        assertThat(resident).hasSize(CYCLES);
        long middle = median(resident.subList(WARM_UP, WARM_UP + 4));
        long last = median(resident.subList(CYCLES - 4, CYCLES));
        assertThat(last - middle)
                .as("growth in MB over %d cycles of %s", CYCLES - WARM_UP - 4, resident)
                .isLessThan(BOUND);
    }

    private static List<Long> residentAfterEachCycle(ModelFamily family, Path folder)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtrim=true",
                "-cp",
                System.getProperty("java.class.path"),
                Trainings.class.getName(),
                family.name(),
                "threads",
                String.valueOf(CYCLES),
                String.valueOf(family == ModelFamily.TRL ? 300 : 2_500));
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isZero();
        return RESIDENT.matcher(output)
                .results()
                .map((MatchResult line) -> Long.parseLong(line.group(1)))
                .toList();
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
    }

    @Test
    void respectsTheLimitOfAControlGroup(@TempDir Path folder) throws IOException {
        Path machine = Files.writeString(folder.resolve("meminfo"), "MemTotal: 9000 kB\nMemAvailable:    4000 kB\n");
        assertThat(AvailableMemory.left(machine, folder)).isEqualTo(4_000 << 10);
        Files.writeString(folder.resolve("memory.max"), "max\n");
        Files.writeString(folder.resolve("memory.current"), "1500000\n");
        assertThat(AvailableMemory.left(machine, folder)).isEqualTo(4_000 << 10);
        Files.writeString(folder.resolve("memory.max"), "2000000\n");
        Files.writeString(folder.resolve("memory.stat"), "anon 7\ninactive_file 100000\n");
        assertThat(AvailableMemory.left(machine, folder)).isEqualTo(600_000);
        assertThat(AvailableMemory.left(folder.resolve("none"), folder.resolve("none")))
                .isGreaterThan(Long.MAX_VALUE >> 11);
    }
}
