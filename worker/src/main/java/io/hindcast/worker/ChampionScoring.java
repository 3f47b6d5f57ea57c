package io.hindcast.worker;

import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.VersionId;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.ChampionComparison;
import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.parquet.DatasetFiles;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.trl.ArticleSamples;
import io.hindcast.ml.trl.ArticleTokens;
import java.util.Optional;

/**
 * Compares a trained model with the version in {@code CURRENT} on the held-out rows of the dataset.
 *
 * @param files the dataset of the training
 * @param trained bundle of the trained model
 */
record ChampionScoring(DatasetFiles files, ModelBundle trained) {

    /**
     * Scores the champion. Takes as long as scoring the test rows did.
     *
     * @param check called between batches of rows; may throw to cancel
     * @return empty if the two predict different outcomes or share too few rows that neither was trained on
     * @throws io.hindcast.ml.model.GoldenMismatchException if the champion does not predict here what it did when it
     *     was trained
     * @throws IllegalArgumentException if this program or dataset lacks the champion's features or engine
     */
    Optional<Comparison> compare(VersionId champion, ModelBundle bundle, TrainedModel model, Runnable check) {
        if (!bundle.label().equals(trained.label())) {
            return Optional.empty();
        }
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
            return ChampionComparison.compare(
                    new ChampionComparison.Champion(
                            champion,
                            bundle.provenance().inSampleTo(),
                            scorer,
                            samples(bundle, model.test().samples())),
                    model.test(),
                    check);
        }
    }

    private Samples samples(ModelBundle bundle, Samples own) {
        if (bundle.rows().equals(trained.rows())) {
            return own;
        }
        return switch (bundle.family()) {
            case LIGHTGBM, TST ->
                files.samples(bundle.rows().source(), bundle.rows().bars());
            case TRL -> {
                try (ArticleTokens tokens = ArticleTokens.of(bundle)) {
                    yield ArticleSamples.of(
                            files.articles(), new ArticleReactions(bundle.label(), files.bars()), tokens);
                }
            }
        };
    }
}
