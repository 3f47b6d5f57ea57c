package io.hindcast.ml.parquet;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetAssembler;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.trl.NewsArticle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored dataset whose parts are files of a folder, named like the parts.
 *
 * @param manifest description of the parts, whose digests the caller has checked
 */
public record DatasetFiles(Path folder, DatasetManifest manifest) {

    /**
     * Reads the samples of bars on the chosen feature set. They carry the stored dataset's digest.
     *
     * @param windowBars bars of a row, 1 for the sample's own bar alone
     */
    public Dataset samples(int windowBars) {
        return samples(manifest.features().chosen(), windowBars);
    }

    /**
     * Reads the samples of bars on one of the stored feature sets.
     *
     * @param set one of {@code features.columns} of the manifest
     * @param windowBars bars of a row, 1 for the sample's own bar alone
     * @throws IllegalArgumentException if the dataset has no such columns
     */
    public Dataset samples(FeatureSetRef set, int windowBars) {
        DatasetManifest.Features features = manifest.features();
        if (!features.columns().contains(set)) {
            throw new IllegalArgumentException(
                    "the dataset has no features " + set + ", it has those of " + features.columns());
        }
        DatasetAssembler rows = new DatasetAssembler(
                FeatureSet.of(set),
                manifest.label(),
                windowBars,
                new DatasetAssembler.RowCount(
                        manifest.counts().rows(), manifest.counts().samples()));
        RowsFile.read(
                folder.resolve(DatasetManifest.ROWS),
                FeatureSet.of(features.columns().getLast()),
                rows);
        return rows.dataset(manifest.digest());
    }

    /** Reads every revision of every bar. */
    public List<KnownBar> bars() {
        List<KnownBar> bars = new ArrayList<>(Math.toIntExact(manifest.counts().bars()));
        BarsFile.read(folder.resolve(DatasetManifest.BARS), bars::add);
        return bars;
    }

    /**
     * Reads the articles.
     *
     * @throws IllegalArgumentException if the dataset has none because its cycle does not train on them
     */
    public List<NewsArticle> articles() {
        if (!manifest.parts().containsKey(DatasetManifest.ARTICLES)) {
            throw new IllegalArgumentException("the dataset has no articles: its cycle was to train no model of them");
        }
        return ArticlesFile.read(folder.resolve(DatasetManifest.ARTICLES));
    }
}
