package io.hindcast.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.console.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIdentityTest {

    @TempDir
    Path folder;

    @Test
    void storesTheFirstValuesAndReturnsThemLater() {
        FolderIdentity.store(
                folder,
                new FolderIdentity()
                        .with("seed", "7")
                        .withDefault("history-days", "30")
                        .resolve(folder));
        assertThat(new FolderIdentity()
                        .withDefault("seed", "1")
                        .withDefault("history-days", "30")
                        .resolve(folder))
                .containsEntry("seed", "7")
                .containsEntry("history-days", "30");
    }

    @Test
    void refusesAnotherMarket() {
        FolderIdentity.store(folder, new FolderIdentity().with("seed", "7").resolve(folder));
        assertThatThrownBy(() -> new FolderIdentity().with("seed", "8").resolve(folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("seed 7, not 8")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void digestsArchivesByContent() throws Exception {
        Path one = Files.writeString(folder.resolve("one.csv"), "a");
        Path same = Files.writeString(folder.resolve("same.csv"), "a");
        Path other = Files.writeString(folder.resolve("other.csv"), "b");
        assertThat(FolderIdentity.digest(one))
                .isEqualTo(FolderIdentity.digest(same))
                .isNotEqualTo(FolderIdentity.digest(other));
    }
}
