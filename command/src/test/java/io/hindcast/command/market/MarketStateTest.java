package io.hindcast.command.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketStateTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant LIVE = Instant.parse("2022-02-01T00:00:00Z");
    private static final MarketState OPENED = MarketState.EMPTY.evolve(
            new MarketOpened(BTC, Interval.ONE_MINUTE, MarketOrigin.ARCHIVE, "one recording", Instant.EPOCH));

    @Test
    void opensMarketOnce() {
        OpenMarket open =
                new OpenMarket(BTC, Interval.ONE_MINUTE, MarketOrigin.ARCHIVE, "one recording", Instant.EPOCH);
        assertThat(MarketState.EMPTY.decide(open)).hasSize(1);
        assertThat(OPENED.decide(open)).isEmpty();
    }

    @Test
    void refusesAnotherRecording() {
        assertThatThrownBy(() -> OPENED.decide(new OpenMarket(
                        BTC, Interval.ONE_MINUTE, MarketOrigin.ARCHIVE, "another recording", Instant.EPOCH)))
                .hasMessageContaining("OTHER_ORIGIN");
    }

    @Test
    void goesLiveOnceAfterItWasOpened() {
        GoLive live = new GoLive(BTC, LIVE);
        assertThatThrownBy(() -> MarketState.EMPTY.decide(live)).hasMessageContaining("NOT_OPEN");
        assertThat(OPENED.decide(live)).containsExactly(new MarketWentLive(BTC, LIVE));
        assertThat(OPENED.evolve(new MarketWentLive(BTC, LIVE)).decide(live)).isEmpty();
    }
}
