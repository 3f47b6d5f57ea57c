package io.hindcast.training;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.trl.Reward;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.tst.TstParameters;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the training worker. Which days are trained on and what is learned come with the run, not from here.
 *
 * @param workers runs at a time in this process
 * @param queue runs that may wait in this process; beyond it the event processor holds back
 * @param minRows rows a dataset must have
 * @param timeBudget after which no further round begins; what was best so far is kept
 * @param rounds boosting rounds at most
 * @param patience rounds without improvement after which training stops
 * @param threads LightGBM uses
 * @param tstPreset what TST is like: {@code tst-small} or {@code tst-patch}
 * @param tstEpochs at most
 * @param tstSteps batches an epoch has at most
 * @param trlPreset what TRL is like: {@code trl-small}, an encoder made here, or {@code trl-finbert}, a published one
 * @param trlReward by which its signals are rewarded: {@code balanced}, the three outcomes counting alike, or
 *     {@code move-size}
 * @param trlEpochs at most
 * @param minArticles articles that TRL needs
 * @param minNewsShare share of the bars learned from that must have known of any news, 0 to 1; with less, prices alone
 *     are read
 * @param modelCache folder for published encoders
 * @param device that TST and TRL are trained on: {@code cpu} or {@code cuda}
 * @param validationShare share of the rows that early stopping watches
 * @param testShare share of the rows, the latest ones, that the result is judged by
 * @param embargoBars bars left out between the parts beyond the label horizon
 * @param feeRate fraction of the traded amount that the evaluation charges per trade
 * @param idleClaim how often an idle processor extends its claim on its events; it also bounds how long it takes to
 *     stop, and how long an event can wait whose wake-up comes in the moment before the processor falls asleep
 */
@ConfigurationProperties("hindcast.training")
public record TrainingProperties(
        @DefaultValue("1") int workers,
        @DefaultValue("64") int queue,
        @DefaultValue("2000") int minRows,
        @DefaultValue("5m") Duration timeBudget,
        @DefaultValue("300") int rounds,
        @DefaultValue("30") int patience,
        @DefaultValue("2") int threads,
        @DefaultValue("tst-small") String tstPreset,
        @DefaultValue("10") int tstEpochs,
        @DefaultValue("300") int tstSteps,
        @DefaultValue("trl-small") String trlPreset,
        @DefaultValue("balanced") String trlReward,
        @DefaultValue("10") int trlEpochs,
        @DefaultValue("100") int minArticles,
        @DefaultValue("0.2") double minNewsShare,
        @DefaultValue("models") Path modelCache,
        @DefaultValue("cpu") String device,
        @DefaultValue("0.15") double validationShare,
        @DefaultValue("0.15") double testShare,
        @DefaultValue("0") int embargoBars,
        @DefaultValue("0.001") double feeRate,
        @DefaultValue("1s") Duration idleClaim) {

    public TrainingProperties {
        if (workers < 1 || queue < 1 || minRows < 1) {
            throw new IllegalArgumentException("hindcast.training: workers was " + workers + ", queue " + queue
                    + ", min-rows " + minRows + ", expected 1 or more of each");
        }
        if (!(minNewsShare >= 0 && minNewsShare <= 1)) {
            throw new IllegalArgumentException(
                    "hindcast.training.min-news-share was " + minNewsShare + ", expected 0 to 1");
        }
    }

    LightGbmParameters lightGbm() {
        LightGbmParameters usual = LightGbmParameters.DEFAULT;
        return new LightGbmParameters(
                new ChronologicalSplitter(validationShare, testShare, embargoBars),
                feeRate,
                rounds,
                patience,
                usual.learningRate(),
                usual.leaves(),
                usual.minRowsPerLeaf(),
                usual.featureFraction(),
                usual.rowFraction(),
                usual.l2(),
                usual.classBalance(),
                threads);
    }

    TstParameters tst() {
        return TstParameters.preset(tstPreset)
                .withSplit(new ChronologicalSplitter(validationShare, testShare, embargoBars))
                .withEpochs(tstEpochs, tstSteps)
                .withFeeRate(feeRate)
                .withDevice(device);
    }

    TrlParameters trl() {
        return TrlParameters.preset(trlPreset)
                .withReward(Reward.named(trlReward))
                .withSplit(new ChronologicalSplitter(validationShare, testShare, embargoBars))
                .withEpochs(trlEpochs)
                .withFeeRate(feeRate)
                .withDevice(device);
    }
}
