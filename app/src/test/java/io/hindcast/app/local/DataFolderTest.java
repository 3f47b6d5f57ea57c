package io.hindcast.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temp;

    @Test
    void isLockedByOneProcessAndNamesIt() {
        try (DataFolder locked = DataFolder.open(temp.resolve("data"))) {
            assertThat(locked.root()).isDirectory();
            assertThatThrownBy(() -> DataFolder.open(temp.resolve("data")))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data-dir");
        }
        DataFolder.open(temp.resolve("data")).close();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a folder")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void refusesAFolderThatCannotBeWritten() {
        assertThatThrownBy(() -> DataFolder.open(Path.of("/proc/hindcast")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("/proc/hindcast")
                .hasMessageContaining("--data-dir");
    }
}
