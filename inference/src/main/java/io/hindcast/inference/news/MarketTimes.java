package io.hindcast.inference.news;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.inference.prediction.CandleFollower;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/**
 * Tells what time it is on each market: the latest close of a bar that is no history, for history comes in any order. What follows
 * from it is found again after any stop, so nothing of it is in this processor's batch.
 */
@ProcessingGroup(CandleFollower.PROCESSOR)
@DisallowReplay
public final class MarketTimes {

    private final ReactionMeasurer reactions;

    public MarketTimes(ReactionMeasurer reactions) {
        this.reactions = reactions;
    }

    @EventHandler
    public void on(CandlesRecorded event) {
        int rows = event.candles().size();
        if (event.source() != CandleSource.HISTORY && rows > 0) {
            reactions.marketReached(
                    event.symbol(),
                    event.candles().openTime(event.day(), rows - 1).plusSeconds(60));
        }
    }
}
