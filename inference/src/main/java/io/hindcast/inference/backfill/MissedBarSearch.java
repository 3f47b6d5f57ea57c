package io.hindcast.inference.backfill;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.VersionId;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.model.ModelHistory.BackfillState;
import io.hindcast.inference.LaneStatus;
import io.hindcast.inference.model.LaneContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Finds bars of the last days that a working lane should have predicted and has not: its artifact could not be loaded
 * for longer than it remembers bars, or the process ended meanwhile. The log alone determines them.
 */
final class MissedBarSearch {

    private static final int DAYS = 3;
    /** Age from which a bar counts as missed; a lane may still be about to predict a later one. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private final LaneContext context;
    private final BackfillSources sources;

    MissedBarSearch(LaneContext context, BackfillSources sources) {
        this.context = context;
        this.sources = sources;
    }

    /** Returns the moment up to which bars count as missed now. */
    Instant until() {
        return context.marketClock().instant().minus(SETTLED);
    }

    /**
     * Returns the number of missed bars known up to a moment; 0 for a lane that does not work or has bars left to
     * predict itself, and for a version whose past is not complete.
     */
    int count(ModelHistory.Version version, Instant until) {
        if (version.backfill() != BackfillState.COMPLETE || !version.predicts() || !works(version.id())) {
            return 0;
        }
        LocalDate last = UtcDay.of(until);
        BackfillScope scope = BackfillScope.until(version, sources.candles(), last.minusDays(DAYS), until);
        int missed = 0;
        for (LocalDate day : scope.from().datesUntil(last.plusDays(1)).toList()) {
            CandleDay candles =
                    sources.candles().read(new MarketDayId(version.id().model().symbol(), Interval.ONE_MINUTE, day));
            missed += MissingBars.of(version.id(), scope, candles, sources.predictions())
                    .cardinality();
        }
        return missed;
    }

    private boolean works(VersionId version) {
        return context.registry().all().stream()
                .anyMatch(lane -> lane.version().equals(version)
                        && lane.state() == LaneStatus.State.PREDICTING
                        && lane.missed() == 0);
    }
}
