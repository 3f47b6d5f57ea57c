package io.hindcast.training;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.StoppingRule;
import io.hindcast.ml.trl.Reward;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.tst.TstParameters;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of trainings. The days, the label and the seed come with each cycle. A run keeps the parameters with which
 * it was first launched.
 *
 * @param timeBudget of a run, from its worker's first contact to the evaluated model; the best model by then is kept
 * @param worker limits of every worker, wherever it runs
 * @param local workers as processes of this machine
 * @param data smallest datasets that are trained on
 * @param evaluation split and fee
 * @param lightgbm settings of LightGBM
 * @param tst settings of TST, the time series transformer
 * @param trl settings of TRL, text reinforcement learning, which reads articles
 */
@ConfigurationProperties("hindcast.training")
public record TrainingProperties(
        @DefaultValue("5m") Duration timeBudget,
        @DefaultValue Worker worker,
        @DefaultValue Local local,
        @DefaultValue Data data,
        @DefaultValue Evaluation evaluation,
        @DefaultValue LightGbm lightgbm,
        @DefaultValue Tst tst,
        @DefaultValue Trl trl) {

    /**
     * Limits of every worker, wherever it runs.
     *
     * @param platformUrl address at which workers reach this process; by default its own on this machine
     * @param memoryMegabytes most memory of a worker, native libraries included; beyond it the worker is killed
     * @param heartbeat longest time between two messages of a worker
     * @param silence time after which a worker that is not heard of counts as lost
     * @param startTimeout time that a machine may take to start
     * @param maxBundle largest model that a worker may upload
     * @param device on which TST and TRL are trained: {@code cpu} or {@code cuda}
     * @param idleClaim how often the idle event processor extends its claim. It also bounds how long the processor
     *     takes to stop, and how long an event waits whose wake-up arrives just before the processor falls asleep
     */
    public record Worker(
            Optional<URI> platformUrl,
            @DefaultValue("3072") long memoryMegabytes,
            @DefaultValue("5s") Duration heartbeat,
            @DefaultValue("60s") Duration silence,
            @DefaultValue("10m") Duration startTimeout,
            @DefaultValue("2GB") DataSize maxBundle,
            @DefaultValue("cpu") String device,
            @DefaultValue("1s") Duration idleClaim) {

        public Worker {
            if (silence.compareTo(heartbeat.multipliedBy(3)) < 0) {
                throw new IllegalArgumentException("hindcast.training.worker.silence was " + silence
                        + ", expected three times hindcast.training.worker.heartbeat, " + heartbeat + ", or more");
            }
        }
    }

    /**
     * Workers as processes of this machine.
     *
     * @param count workers at a time
     * @param niceness by which a worker's priority is lowered, 0 to 19
     * @param folder for the workers' files
     */
    public record Local(
            @DefaultValue("1") int count,
            @DefaultValue("10") int niceness,
            @DefaultValue("workers") Path folder) {

        public Local {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "hindcast.training.local.count was " + count + ", expected 1 or more");
            }
            if (niceness < 0 || niceness > 19) {
                throw new IllegalArgumentException(
                        "hindcast.training.local.niceness was " + niceness + ", expected 0 to 19");
            }
        }
    }

    /**
     * Smallest datasets that are trained on.
     *
     * @param minRows rows of a dataset of bars, 1 or more
     * @param minArticles articles for TRL
     * @param minNewsShare share of the training rows with news, 0 to 1; below it models of bars read prices alone
     */
    public record Data(
            @DefaultValue("2000") int minRows,
            @DefaultValue("100") int minArticles,
            @DefaultValue("0.2") double minNewsShare) {

        public Data {
            if (minRows < 1) {
                throw new IllegalArgumentException(
                        "hindcast.training.data.min-rows was " + minRows + ", expected 1 or more");
            }
            if (!(minNewsShare >= 0 && minNewsShare <= 1)) {
                throw new IllegalArgumentException(
                        "hindcast.training.data.min-news-share was " + minNewsShare + ", expected 0 to 1");
            }
        }
    }

    /**
     * Split and fee.
     *
     * @param validationShare share of the rows that early stopping watches
     * @param testShare share of the rows, the latest ones, on which the model is evaluated
     * @param embargoBars bars left out between the parts beyond the label horizon
     * @param feeRate fraction of the traded amount that the evaluation charges per trade
     */
    public record Evaluation(
            @DefaultValue("0.15") double validationShare,
            @DefaultValue("0.15") double testShare,
            @DefaultValue("0") int embargoBars,
            @DefaultValue("0.001") double feeRate) {

        public EvaluationSettings settings() {
            return new EvaluationSettings(new ChronologicalSplitter(validationShare, testShare, embargoBars), feeRate);
        }
    }

    /**
     * Settings of LightGBM.
     *
     * @param rounds most boosting rounds
     * @param patience rounds without improvement after which training stops early
     * @param threads used by a training
     */
    public record LightGbm(
            @DefaultValue("300") int rounds,
            @DefaultValue("30") int patience,
            @DefaultValue("2") int threads) {}

    /**
     * Settings of TST.
     *
     * @param preset {@code tst-small} or {@code tst-patch}
     * @param epochs most epochs
     * @param steps most batches of an epoch
     */
    public record Tst(
            @DefaultValue("tst-small") String preset,
            @DefaultValue("10") int epochs,
            @DefaultValue("300") int steps) {}

    /**
     * Settings of TRL.
     *
     * @param preset {@code trl-small}, an encoder made locally, or {@code trl-finbert}, a published one
     * @param reward {@code balanced}, by which the three outcomes count alike, or {@code move-size}
     * @param epochs most epochs
     * @param modelCache folder for published encoders
     */
    public record Trl(
            @DefaultValue("trl-small") String preset,
            @DefaultValue("balanced") String reward,
            @DefaultValue("10") int epochs,
            @DefaultValue("models") Path modelCache) {}

    /** Returns every parameter of a family's trainer, by name. */
    public SortedMap<String, String> parameters(ModelFamily family) {
        return switch (family) {
            case LIGHTGBM -> lightGbmParameters().toMap();
            case TST -> tstParameters().toMap();
            case TRL -> trlParameters().toMap();
        };
    }

    private LightGbmParameters lightGbmParameters() {
        return LightGbmParameters.DEFAULT
                .withEvaluation(evaluation.settings())
                .withStopping(new StoppingRule(lightgbm.rounds, lightgbm.patience))
                .withThreads(lightgbm.threads);
    }

    private TstParameters tstParameters() {
        return TstParameters.preset(tst.preset)
                .withEvaluation(evaluation.settings())
                .withEpochs(tst.epochs, tst.steps)
                .withDevice(worker.device);
    }

    private TrlParameters trlParameters() {
        return TrlParameters.preset(trl.preset)
                .withReward(Reward.named(trl.reward))
                .withEvaluation(evaluation.settings())
                .withEpochs(trl.epochs)
                .withDevice(worker.device);
    }
}
