package io.hindcast.inference;

import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.EmbeddedS3;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Base of tests with an artifact store from which models are loaded. */
@NullUnmarked
abstract class StoredModels {

    @TempDir
    static Path folder;

    static ArtifactStore artifacts;

    private static EmbeddedS3 s3;

    @BeforeAll
    static void openStore() {
        s3 = EmbeddedS3.start(folder);
        artifacts = new ArtifactStore(s3.connection().open(), "models", ArtifactStore.MissingBucket.CREATE);
    }

    @AfterAll
    static void closeStore() {
        s3.close();
    }
}
