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

/** An open model of a version, checked to score its golden rows as it did after training. */
public record LoadedModel(Input input, Scorer scorer) implements AutoCloseable {
    /** Single rows scored on opening, so that the JIT compiler has compiled the loop before the first live bar. */
    private static final int WARM_UP_ROWS = 2_000;
    /** Texts scored on opening; in language models the native code dominates and needs few repetitions. */
    private static final int WARM_UP_TEXTS = 3;

    /** Kind of input that a model reads. */
    public sealed interface Input extends AutoCloseable {
        @Override
        default void close() {}
    }

    /**
     * Features of bars.
     *
     * @param bars length of the window, 1 for the scored bar alone
     */
    public record BarInput(FeatureSet features, int bars) implements Input {}

    /** Tokens of article texts. */
    public record ArticleInput(ArticleTokens tokens) implements Input {
        @Override
        public void close() {
            tokens.close();
        }
    }

    /** Returns the features that a model of bars reads. */
    public FeatureSet features() {
        return barInput().features();
    }

    /** Returns the length of the window that a model of bars reads, 1 for the scored bar alone. */
    public int bars() {
        return barInput().bars();
    }

    /** Returns the tokenizer of a model of articles. */
    public ArticleTokens tokens() {
        if (input instanceof ArticleInput article) {
            return article.tokens();
        }
        throw new IllegalStateException("this model reads bars, not articles");
    }

    private BarInput barInput() {
        if (input instanceof BarInput bar) {
            return bar;
        }
        throw new IllegalStateException("this model reads articles, not bars");
    }

    /** Loads, warms up and checks; throws the store's, the bundle's or the check's failure. */
    static LoadedModel load(ArtifactStore artifacts, VersionRegistered version) {
        ArtifactRef artifact = version.artifact();
        ModelBundle bundle = ModelBundle.read(artifacts.get(artifact));
        ModelFamily family = version.version().model().family();
        if (bundle.family() != family || !bundle.scorer().equals(version.scorer())) {
            throw new CorruptBundleException(
                    "artifact " + artifact.sha256() + " is a " + bundle.family() + " scored by " + text(bundle.scorer())
                            + ", expected " + family + " scored by " + text(version.scorer()));
        }
        Input input = family == ModelFamily.TRL
                ? new ArticleInput(ArticleTokens.of(bundle))
                : new BarInput(
                        FeatureSet.of(bundle.rows().source()), bundle.rows().bars());
        Scorer scorer = null;
        LoadedModel checked = null;
        try {
            scorer = ScorerEngines.open(bundle);
            bundle.checkGolden(scorer);
            warmUp(bundle, scorer, family == ModelFamily.TRL ? WARM_UP_TEXTS : WARM_UP_ROWS);
            checked = new LoadedModel(input, scorer);
            return checked;
        } finally {
            // Also after an Error such as exhausted memory: native resources are not freed by the garbage collector.
            if (checked == null) {
                close(scorer, input);
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
        close(scorer, input);
    }

    private static void close(@Nullable Scorer scorer, Input input) {
        try (input) {
            if (scorer != null) {
                scorer.close();
            }
        }
    }
}
