package io.hindcast.inference.model;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;

/**
 * A version's model, open and checked: it says about its golden rows what it said when it was trained.
 *
 * @param bars length of the window of bars that it reads, 1 for the scored bar alone
 */
public record LoadedModel(FeatureSet features, int bars, Scorer scorer) implements AutoCloseable {
    /** Single-row scores made before the first that counts, so that the compiler has seen the loop. */
    private static final int WARM_UP_ROWS = 2_000;

    /** Loads, warms up and checks. Throws what the store, the bundle or the check has against it. */
    static LoadedModel load(ArtifactStore artifacts, VersionRegistered version) {
        ArtifactRef artifact = version.artifact();
        ModelBundle bundle = ModelBundle.read(artifacts.get(artifact));
        ModelFamily family = version.version().model().family();
        if (bundle.family() != family || !bundle.scorer().equals(version.scorer())) {
            throw new CorruptBundleException(
                    "artifact " + artifact.sha256() + " is a " + bundle.family() + " scored by " + text(bundle.scorer())
                            + ", expected " + family + " scored by " + text(version.scorer()));
        }
        FeatureSet features = FeatureSet.of(bundle.rows().source());
        Scorer scorer = bundle.openScorer();
        try {
            bundle.checkGolden(scorer);
            warmUp(bundle, scorer);
            return new LoadedModel(features, bundle.rows().bars(), scorer);
        } catch (RuntimeException e) {
            scorer.close();
            throw e;
        }
    }

    private static void warmUp(ModelBundle bundle, Scorer scorer) {
        double[] golden = bundle.golden().inputs();
        int columns = scorer.inputs();
        double[] row = new double[columns];
        double[] out = new double[Scorer.CLASSES];
        for (int i = 0; i < WARM_UP_ROWS; i++) {
            System.arraycopy(golden, i % bundle.golden().rows() * columns, row, 0, columns);
            scorer.score(row, 1, out);
        }
    }

    private static String text(ScorerSpec scorer) {
        return scorer.engine() + " " + scorer.libraryVersion();
    }

    @Override
    public void close() {
        scorer.close();
    }
}
