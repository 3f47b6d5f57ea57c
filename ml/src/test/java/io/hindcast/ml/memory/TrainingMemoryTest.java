package io.hindcast.ml.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.tst.TstParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingMemoryTest {

    private static final int WARM_UP = 4;
    private static final int CYCLES = 8;
    private static final int SMALL = 2_500;
    private static final int COLUMNS = FeatureSet.priceNewsV1().size();

    @BeforeEach
    void memoryCanBeRead() {
        assumeThat(Path.of("/proc/self/status"))
                .as("where the resident size can be read")
                .isReadable();
    }

    /** A model kept from each cycle, or a native dataset, would be more than this; the allocator's holes are less. */
    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void memoryDoesNotGrowFromOneTrainingToTheNext(ModelFamily family) {
        Trainings trainings = new Trainings(family, family == ModelFamily.TRL ? 300 : SMALL);
        long before = 0;
        for (int cycle = 1; cycle <= WARM_UP + CYCLES; cycle++) {
            trainings.cycle(cycle);
            FreedMemory.giveBack();
            if (cycle == WARM_UP) {
                before = outsideHeap();
            }
        }
        assertThat((outsideHeap() - before) / CYCLES).as("kilobytes a cycle").isLessThan(6_000);
    }

    @Test
    void estimatesAreNoLessThanWhatTrainingsTake() throws InterruptedException {
        int bars = 20_000;
        new Trainings(ModelFamily.LIGHTGBM, SMALL).cycle(1);
        long[] trees = Trainings.peak(() -> new Trainings(ModelFamily.LIGHTGBM, bars).cycle(1));
        assertFits(MemoryNeed.lightGbm(bars, COLUMNS), trees);

        new Trainings(ModelFamily.TST, SMALL).cycle(1);
        long[] transformer = Trainings.peak(() -> new Trainings(ModelFamily.TST, SMALL).cycle(1));
        assertFits(MemoryNeed.tst(SMALL, COLUMNS, TstParameters.SMALL), transformer);
    }

    private static void assertFits(MemoryNeed need, long[] peak) {
        assertThat(peak[0]).as("MB of heap of " + need).isLessThanOrEqualTo(need.heap() >> 20);
        assertThat(peak[1])
                .as("MB outside, the heap's growth included")
                .isLessThanOrEqualTo((need.heap() + need.outside()) >> 20);
    }

    @Test
    void theLimitOfAControlGroupCounts(@TempDir Path folder) throws IOException {
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

    private static long outsideHeap() {
        Trainings.heapMegabytes();
        return Trainings.residentKilobytes() - (Runtime.getRuntime().totalMemory() >> 10);
    }
}
