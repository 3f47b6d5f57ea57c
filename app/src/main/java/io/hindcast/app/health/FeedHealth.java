package io.hindcast.app.health;

import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.feeds.market.SymbolStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Readiness of the market feed: every symbol is live and its bars are fresh. */
final class FeedHealth extends AbstractHealthIndicator {

    private final FeedStatus feed;

    FeedHealth(FeedStatus feed) {
        super("The feed's status cannot be read");
        this.feed = feed;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (feed.ready()) {
            health.up();
        } else {
            health.outOfService();
        }
        for (SymbolStatus symbol : feed.symbols()) {
            health.withDetail(
                    symbol.symbol().value(),
                    symbol.state()
                            + symbol.freshness()
                                    .lastOpenTime()
                                    .map(last -> ", last bar " + last)
                                    .orElse("")
                            + (symbol.openGaps() > 0 ? ", " + symbol.openGaps() + " open gaps" : "")
                            + symbol.problem().map(problem -> ": " + problem).orElse(""));
        }
    }
}
