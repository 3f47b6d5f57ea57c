package io.hindcast.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskWatchTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void saysOnceThatTheDiskIsFullAndOnceThatItIsNot() {
        List<String> said = new ArrayList<>();
        AtomicLong free = new AtomicLong(1_000 * MIB);
        try (DiskWatch watch = DiskWatch.idle(Path.of("/data"), free::get, said::add)) {
            watch.look();
            assertThat(said).isEmpty();
            free.set(10 * MIB);
            watch.look();
            watch.look();
            assertThat(said).singleElement().asString().contains("/data is full (10 MiB left)", "Free some space");
            free.set(50 * MIB);
            watch.look();
            assertThat(said).as("a little more is not yet space again").hasSize(1);
            free.set(500 * MIB);
            watch.look();
            assertThat(said).hasSize(2).last().asString().contains("space again");
        }
    }
}
