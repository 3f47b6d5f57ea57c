package io.hindcast.inference;

import io.hindcast.api.news.ReactionSpec;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the lanes. The event store's transactions end after 5 seconds, so {@code commandTimeout} and
 * {@code warmUpWait} stay below that; what takes longer is tried again.
 *
 * @param threads segments that symbols are spread over; changing it later means splitting or merging the processor
 * @param batchSize events that are handled, scored and recorded together when that many are waiting
 * @param commandTimeout how long the recording of predictions may take before it is tried again
 * @param warmUpWait how long one attempt to handle an event waits for state that is being read back
 * @param startWait how long candles wait for live lanes to load after a start; after that the others go on without them
 * @param loaders lanes that load at a time
 * @param retryPause longest pause between attempts to load a lane
 * @param idleClaim how often an idle processor extends its claim on its events; it also bounds how long it takes to
 *     stop, and how long an event can wait whose wake-up comes in the moment before the processor falls asleep
 * @param missedBars bars remembered for a live lane that is not loaded, to be predicted late; older ones are left to
 *     reconciliation
 * @param articlesBack how far back a version that is new reads articles
 * @param waitingArticles articles that wait to be read at most; more are found again by the lanes, which then look
 *     through the log
 * @param reactionWindow after an article's publication in which the market's reaction to it is measured
 * @param reactionThresholdPercent mean change in percent from which a reaction is BUY or SELL
 */
@ConfigurationProperties("hindcast.inference")
public record InferenceProperties(
        @DefaultValue("1") int threads,
        @DefaultValue("200") int batchSize,
        @DefaultValue("4s") Duration commandTimeout,
        @DefaultValue("2s") Duration warmUpWait,
        @DefaultValue("30s") Duration startWait,
        @DefaultValue("2") int loaders,
        @DefaultValue("30s") Duration retryPause,
        @DefaultValue("1s") Duration idleClaim,
        @DefaultValue("2880") int missedBars,
        @DefaultValue("30d") Duration articlesBack,
        @DefaultValue("10000") int waitingArticles,
        @DefaultValue("12h") Duration reactionWindow,
        @DefaultValue("0.5") double reactionThresholdPercent) {

    public InferenceProperties {
        if (threads < 1 || batchSize < 1 || loaders < 1 || missedBars < 1 || waitingArticles < 1) {
            throw new IllegalArgumentException("hindcast.inference: threads was " + threads + ", batch-size "
                    + batchSize + ", loaders " + loaders + ", missed-bars " + missedBars + ", waiting-articles "
                    + waitingArticles
                    + ", expected 1 or more of each");
        }
        if (!retryPause.isPositive()) {
            throw new IllegalArgumentException(
                    "hindcast.inference.retry-pause was " + retryPause + ", expected more than zero");
        }
    }

    /** Refuses a window or a threshold that is none. */
    public ReactionSpec reaction() {
        return new ReactionSpec(reactionWindow, reactionThresholdPercent);
    }
}
