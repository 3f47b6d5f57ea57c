package io.hindcast.command.market;

import static io.hindcast.command.RefusedWith.code;

import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class MarketTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant FIRST = Instant.parse("2022-02-01T00:00:00Z");

    private final FixtureConfiguration<Market> market = new AggregateTestFixture<>(Market.class);

    private static OpenMarket open(MarketOrigin origin, String description) {
        return new OpenMarket(BTC, Interval.ONE_MINUTE, origin, description, Instant.EPOCH);
    }

    private static MarketOpened opened(MarketOrigin origin, String description) {
        return new MarketOpened(BTC, Interval.ONE_MINUTE, origin, description, Instant.EPOCH);
    }

    @Test
    void opensMarket() {
        market.givenNoPriorActivity()
                .when(open(MarketOrigin.ARCHIVE, "a file"))
                .expectEvents(opened(MarketOrigin.ARCHIVE, "a file"));
    }

    @Test
    void opensMarketOnce() {
        market.given(opened(MarketOrigin.ARCHIVE, "a file"))
                .when(open(MarketOrigin.ARCHIVE, "a file"))
                .expectNoEvents();
    }

    @Test
    void refusesAnotherOrigin() {
        market.given(opened(MarketOrigin.SYNTHETIC, "seed 1"))
                .when(open(MarketOrigin.EXCHANGE, "api.binance.com"))
                .expectException(code("OTHER_ORIGIN"));
    }

    @Test
    void refusesAnotherRecording() {
        market.given(opened(MarketOrigin.ARCHIVE, "a file"))
                .when(open(MarketOrigin.ARCHIVE, "another file"))
                .expectException(code("OTHER_ORIGIN"));
    }

    @Test
    void acceptsAnotherHostOfTheExchange() {
        market.given(opened(MarketOrigin.EXCHANGE, "one host"))
                .when(open(MarketOrigin.EXCHANGE, "another host"))
                .expectNoEvents();
    }

    @Test
    void goesLiveOnce() {
        market.given(opened(MarketOrigin.EXCHANGE, "host"))
                .when(new GoLive(BTC, FIRST))
                .expectEvents(new MarketWentLive(BTC, FIRST));
        market.given(opened(MarketOrigin.EXCHANGE, "host"), new MarketWentLive(BTC, FIRST))
                .when(new GoLive(BTC, FIRST.plusSeconds(60)))
                .expectNoEvents();
    }

    @Test
    void refusesGoLiveBeforeMarketIsOpen() {
        market.givenNoPriorActivity().when(new GoLive(BTC, FIRST)).expectException(code("NOT_OPEN"));
    }
}
