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
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.trl.ArticleTokens;
import org.jspecify.annotations.Nullable;

/** A version's model, open and checked: it says about its golden rows what it said when it was trained. */
public record LoadedModel(Reads reads, Scorer scorer) implements AutoCloseable {
    /** Single-row scores made before the first that counts, so that the compiler has seen the loop. */
    private static final int WARM_UP_ROWS = 2_000;
    /** The same for models so large that it is not the loop that takes time. */
    private static final int WARM_UP_TEXTS = 3;

    /** What a model reads. */
    public sealed interface Reads extends AutoCloseable {
        @Override
        default void close() {}
    }

    /**
     * Features of bars.
     *
     * @param bars length of the window, 1 for the scored bar alone
     */
    public record Bars(FeatureSet features, int bars) implements Reads {}

    /** Texts of articles. */
    public record Articles(ArticleTokens tokens) implements Reads {
        @Override
        public void close() {
            tokens.close();
        }
    }

    /** Of one that reads bars. */
    public FeatureSet features() {
        return bars(reads).features();
    }

    /** Length of the window of bars that it reads, 1 for the scored bar alone. */
    public int bars() {
        return bars(reads).bars();
    }

    /** Of one that reads articles. */
    public ArticleTokens tokens() {
        if (reads instanceof Articles articles) {
            return articles.tokens();
        }
        throw new IllegalStateException("this model reads bars, no articles");
    }

    private static Bars bars(Reads reads) {
        if (reads instanceof Bars bars) {
            return bars;
        }
        throw new IllegalStateException("this model reads articles, no bars");
    }

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
        Reads reads = family == ModelFamily.TRL
                ? new Articles(ArticleTokens.of(bundle))
                : new Bars(FeatureSet.of(bundle.rows().source()), bundle.rows().bars());
        Scorer scorer = null;
        LoadedModel checked = null;
        try {
            scorer = ScorerEngines.open(bundle);
            bundle.checkGolden(scorer);
            warmUp(bundle, scorer, family == ModelFamily.TRL ? WARM_UP_TEXTS : WARM_UP_ROWS);
            checked = new LoadedModel(reads, scorer);
            return checked;
        } finally {
            // Also after an Error, such as memory that did not suffice: what is native does not go by itself.
            if (checked == null) {
                close(scorer, reads);
            }
        }
    }

    private static void warmUp(ModelBundle bundle, Scorer scorer, int rows) {
        double[] golden = bundle.golden().inputs();
        int columns = scorer.inputs();
        double[] row = new double[columns];
        double[] out = new double[Scorer.CLASSES];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(golden, i % bundle.golden().rows() * columns, row, 0, columns);
            scorer.score(row, 1, out);
        }
    }

    private static String text(ScorerSpec scorer) {
        return scorer.engine() + " " + scorer.libraryVersion();
    }

    @Override
    public void close() {
        close(scorer, reads);
    }

    private static void close(@Nullable Scorer scorer, Reads reads) {
        try (reads) {
            if (scorer != null) {
                scorer.close();
            }
        }
    }
}
