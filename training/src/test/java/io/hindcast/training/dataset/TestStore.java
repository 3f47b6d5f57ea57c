package io.hindcast.training.dataset;

import io.hindcast.api.training.DatasetRef;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.EmbeddedS3;
import io.hindcast.ml.parquet.DatasetFiles;
import io.hindcast.ml.parquet.DatasetManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** An artifact store on a temporary folder, and the datasets in it as files. */
public final class TestStore implements AutoCloseable {

    private final Path folder;
    private final EmbeddedS3 s3;
    private final ArtifactStore artifacts;

    public TestStore() {
        try {
            folder = Files.createTempDirectory("hindcast-store-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        s3 = EmbeddedS3.start(folder.resolve("s3"));
        artifacts = new ArtifactStore(s3.connection().open(), "models", ArtifactStore.MissingBucket.CREATE);
    }

    public ArtifactStore artifacts() {
        return artifacts;
    }

    /** Downloads a dataset. */
    public DatasetFiles files(DatasetRef dataset) {
        try {
            DatasetManifest manifest = DatasetManifest.fromJson(artifacts.get(dataset.manifest()));
            Path to = Files.createDirectories(folder.resolve(dataset.manifest().sha256()));
            for (String part : manifest.parts().keySet()) {
                Files.write(
                        to.resolve(part),
                        artifacts.get(Objects.requireNonNull(manifest.parts().get(part))));
            }
            return new DatasetFiles(to, manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
