package io.hindcast.api.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.prediction.Signal;
import java.time.Duration;

/**
 * Definition of the market's reaction to an article. With {@code base} the close of the last bar that closed at or
 * before publication, and {@code mean} the mean close of the bars that closed after it and up to {@code window} later,
 * the reaction is {@code r = 100·(mean − base) / base} percent; BUY if {@code r > threshold}, SELL if {@code r <
 * −threshold}, else HOLD.
 *
 * @param window 1 minute to 30 days, in whole minutes
 * @param thresholdPercent 0 or more, in percent
 */
public record ReactionSpec(Duration window, double thresholdPercent) {

    public static final ReactionSpec DEFAULT = new ReactionSpec(Duration.ofHours(12), 0.5);

    public ReactionSpec {
        if (window.compareTo(Duration.ofMinutes(1)) < 0
                || window.compareTo(Duration.ofDays(30)) > 0
                || !window.equals(Duration.ofMinutes(window.toMinutes()))) {
            throw RefusedException.of("BAD_REACTION", "window", window, "whole minutes, from PT1M to PT720H");
        }
        if (!(thresholdPercent >= 0 && thresholdPercent < 100)) {
            throw RefusedException.of("BAD_REACTION", "thresholdPercent", thresholdPercent, "from 0 to below 100");
        }
    }

    /** Returns the class of a reaction in percent. */
    public Signal signal(double percent) {
        return Signal.of(percent, thresholdPercent);
    }
}
