package io.hindcast.inference;

import io.hindcast.api.news.ReactionSpec;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings {@code hindcast.inference.*}. */
@ConfigurationProperties("hindcast.inference")
public record InferenceProperties(
        @DefaultValue Processor processor,
        @DefaultValue Lanes lanes,
        @DefaultValue Backfill backfill,
        @DefaultValue Audit audit,
        @DefaultValue Articles articles,
        @DefaultValue Reaction reaction) {

    /**
     * The event processor that follows candles, models and articles. The event store ends transactions after 5 seconds,
     * so {@code commandTimeout} and {@code warmUpWait} must stay below that; whatever takes longer is retried.
     *
     * @param threads segments over which symbols are spread, 1 or more; changing it after the first start requires
     *     splitting or merging segments
     * @param batchSize most events handled, scored and recorded together, 1 or more
     * @param idleClaim interval at which an idle processor extends its claim on its segments. It also bounds the time
     *     that stopping takes, and the delay of an event whose wake-up arrives just before the processor falls asleep
     * @param commandTimeout time after which recording a batch fails and the batch is handled again
     * @param warmUpWait longest time for which one attempt to handle an event waits for state being read from the log
     * @param startWait longest time after a start for which candles wait until all live lanes are loaded
     */
    public record Processor(
            @DefaultValue("1") int threads,
            @DefaultValue("200") int batchSize,
            @DefaultValue("1s") Duration idleClaim,
            @DefaultValue("4s") Duration commandTimeout,
            @DefaultValue("2s") Duration warmUpWait,
            @DefaultValue("30s") Duration startWait) {

        public Processor {
            atLeastOne("processor.threads", threads);
            atLeastOne("processor.batch-size", batchSize);
        }
    }

    /**
     * Lanes of all families.
     *
     * @param loaders lanes of candle models that load at the same time, 1 or more
     * @param retryPause longest pause between attempts to load a lane, above zero
     * @param missedBars most bars remembered per live lane without a model, to be predicted late, 1 or more; older ones
     *     are left to reconciliation
     */
    public record Lanes(
            @DefaultValue("2") int loaders,
            @DefaultValue("30s") Duration retryPause,
            @DefaultValue("2880") int missedBars) {

        public Lanes {
            atLeastOne("lanes.loaders", loaders);
            atLeastOne("lanes.missed-bars", missedBars);
            if (!retryPause.isPositive()) {
                throw new IllegalArgumentException(
                        "hindcast.inference.lanes.retry-pause was " + retryPause + ", expected more than zero");
            }
        }
    }

    /**
     * Backfills of versions.
     *
     * @param lookback age of the oldest bars and articles that a backfill covers, a day or more
     * @param threads days computed at the same time, 0 for one less than the machine has processors, but one at least
     * @param attempts attempts in a row, none of which records a day, after which a backfill is given up, 1 or more
     * @param retryPause longest pause between attempts, above zero
     * @param searchInterval interval at which working lanes are checked for bars that they missed, above zero
     */
    public record Backfill(
            @DefaultValue("184d") Duration lookback,
            @DefaultValue("0") int threads,
            @DefaultValue("20") int attempts,
            @DefaultValue("30s") Duration retryPause,
            @DefaultValue("10m") Duration searchInterval) {

        public Backfill {
            atLeastOne("backfill.attempts", attempts);
            if (threads < 0 || lookback.toDays() < 1 || !retryPause.isPositive() || !searchInterval.isPositive()) {
                throw new IllegalArgumentException("hindcast.inference.backfill was threads " + threads + ", lookback "
                        + lookback + ", retry-pause " + retryPause + ", search-interval " + searchInterval
                        + "; expected 0 threads or more, a day or more, and more than zero");
            }
        }

        /** Returns the number of threads. */
        public int poolSize() {
            return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        }
    }

    /**
     * Audits: replays of versions.
     *
     * @param threads days computed at the same time, 0 for as many as the machine has processors; they give way to all
     *     other threads
     * @param attempts attempts after which an audit fails, 1 or more
     * @param retryPause longest pause between attempts, above zero
     * @param searchInterval interval at which audits are searched that a stop interrupted, above zero
     */
    public record Audit(
            @DefaultValue("0") int threads,
            @DefaultValue("6") int attempts,
            @DefaultValue("30s") Duration retryPause,
            @DefaultValue("10m") Duration searchInterval) {

        public Audit {
            atLeastOne("audit.attempts", attempts);
            if (threads < 0 || !retryPause.isPositive() || !searchInterval.isPositive()) {
                throw new IllegalArgumentException("hindcast.inference.audit was threads " + threads + ", retry-pause "
                        + retryPause + ", search-interval " + searchInterval
                        + "; expected 0 threads or more, and more than zero");
            }
        }

        /** Returns the number of threads. */
        public int poolSize() {
            return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        }
    }

    /**
     * Scoring of articles.
     *
     * @param lookback age up to which a new version scores articles that are already in the log
     * @param queue most articles waiting to be scored, 1 or more; lanes find further ones in the log later
     */
    public record Articles(
            @DefaultValue("30d") Duration lookback,
            @DefaultValue("10000") int queue) {

        public Articles {
            atLeastOne("articles.queue", queue);
        }
    }

    /**
     * The market's reaction to an article.
     *
     * @param window time after publication over which the reaction is measured
     * @param thresholdPercent mean price change in percent above which a reaction is BUY, below whose negative SELL
     */
    public record Reaction(
            @DefaultValue("12h") Duration window,
            @DefaultValue("0.5") double thresholdPercent) {

        /** Returns these settings as a specification, or refuses a window or threshold out of range. */
        public ReactionSpec spec() {
            return new ReactionSpec(window, thresholdPercent);
        }
    }

    private static void atLeastOne(String property, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "hindcast.inference." + property + " was " + value + ", expected 1 or more");
        }
    }
}
