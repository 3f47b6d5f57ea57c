package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapPage;
import io.hindcast.api.market.GapState;
import io.hindcast.api.market.GapView;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.projections.MarketScript;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandleQueriesTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final MarketScript SCRIPT = new MarketScript("BTCUSDT", 11);
    private static final Symbol SYMBOL = SCRIPT.symbol();
    private static final List<Candle> BARS = new ArrayList<>();

    private static TestQueries queries;

    @BeforeAll
    static void start() {
        queries = new TestQueries();
        SCRIPT.open()
                .history(FIRST)
                .history(FIRST.plusDays(1))
                .candles(FIRST.plusDays(2), 0, 700, CandleSource.HISTORY);
        SCRIPT.event("MarketDay", SCRIPT.day(FIRST).toString(), gap(FIRST, 10, 12));
        SCRIPT.event("MarketDay", SCRIPT.day(FIRST).toString(), gap(FIRST, 20, 22));
        SCRIPT.event("MarketDay", SCRIPT.day(FIRST).toString(), gap(FIRST, 30, 35));
        SCRIPT.event(
                "MarketDay", SCRIPT.day(FIRST).toString(), new GapConfirmed(SCRIPT.day(FIRST), 32, 33, at(FIRST, 50)));
        List<EventMessage<?>> events = SCRIPT.take();
        for (EventMessage<?> event : events) {
            if (event.getPayload() instanceof CandlesRecorded recorded) {
                BARS.addAll(recorded.candles().toList(recorded.day()));
            }
        }
        queries.publish(events);
    }

    private static GapDetected gap(LocalDate day, int from, int to) {
        return new GapDetected(SCRIPT.day(day), from, to, at(day, to + 1));
    }

    @AfterAll
    static void stop() {
        queries.close();
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 1", "3000, 1", "1000, 5", "300, 15", "100, 30", "60, 60", "30, 120", "15, 240", "8, 480", "5, 720",
        "3, 1440"
    })
    void mergesIntoTheShortestBucketThatFits(int maxPoints, int minutes) {
        Instant to = at(FIRST.plusDays(2), 120);

        CandleSeries series = queries.ask(new FindCandles(SYMBOL, at(FIRST, 0), to, maxPoints), CandleSeries.class);

        assertThat(series.bucketSeconds()).isEqualTo(minutes * 60);
        assertThat(series.time().length).isLessThanOrEqualTo(maxPoints);
        assertSame(series, at(FIRST, 0), to);
    }

    @Test
    void returnsWholeBucketsAtTheEdges() {
        CandleSeries series =
                queries.ask(new FindCandles(SYMBOL, at(FIRST, 62), at(FIRST, 178), 24), CandleSeries.class);

        assertThat(series.bucketSeconds()).isEqualTo(300);
        assertThat(series.time()[0]).isEqualTo(at(FIRST, 60).getEpochSecond());
        assertSame(series, at(FIRST, 60), at(FIRST, 180));
    }

    /** Compares with the bars, merged in the simplest way. */
    private static void assertSame(CandleSeries series, Instant from, Instant to) {
        long seconds = series.bucketSeconds();
        Instant end = Instant.ofEpochSecond(-Math.floorDiv(-to.getEpochSecond(), seconds) * seconds);
        List<Candle> bars = BARS.stream()
                .filter(bar -> !bar.openTime().isBefore(from) && bar.openTime().isBefore(end))
                .toList();
        List<Long> buckets = bars.stream()
                .map(bar -> Math.floorDiv(bar.openTime().getEpochSecond(), seconds) * seconds)
                .distinct()
                .toList();
        assertThat(series.time())
                .containsExactly(buckets.stream().mapToLong(x -> x).toArray());
        for (int i = 0; i < buckets.size(); i++) {
            long start = buckets.get(i);
            List<Candle> bucket = bars.stream()
                    .filter(bar -> bar.openTime().getEpochSecond() >= start
                            && bar.openTime().getEpochSecond() < start + seconds)
                    .toList();
            assertThat(series.open()[i]).isEqualTo(bucket.getFirst().open().doubleValue());
            assertThat(series.close()[i]).isEqualTo(bucket.getLast().close().doubleValue());
            assertThat(series.high()[i])
                    .isEqualTo(bucket.stream()
                            .mapToDouble(bar -> bar.high().doubleValue())
                            .max()
                            .orElseThrow());
            assertThat(series.low()[i])
                    .isEqualTo(bucket.stream()
                            .mapToDouble(bar -> bar.low().doubleValue())
                            .min()
                            .orElseThrow());
            assertThat(series.volume()[i])
                    .isCloseTo(
                            bucket.stream()
                                    .mapToDouble(bar -> bar.volume().doubleValue())
                                    .sum(),
                            within(1e-6));
        }
    }

    @Test
    void cachedChartFollowsCorrectionsAndNewBars() {
        MarketScript script = new MarketScript("SOLUSDT", 12);
        queries.publish(
                script.open().candles(FIRST, 0, 100, CandleSource.HISTORY).take());
        FindCandles query = new FindCandles(script.symbol(), at(FIRST, 0), at(FIRST, 1440), 24);
        await().until(() -> queries.ask(query, CandleSeries.class).time().length == 2);

        Candle correction = script.next(at(FIRST, 99));
        queries.publish(script.candles(FIRST, List.of(correction), 1, CandleSource.REPAIR, at(FIRST, 101))
                .candles(FIRST, 120, 121, CandleSource.LIVE)
                .take());

        await().untilAsserted(() -> {
            CandleSeries series = queries.ask(query, CandleSeries.class);
            assertThat(series.time()).hasSize(3);
            assertThat(series.close()[1]).isEqualTo(correction.close().doubleValue());
        });
    }

    @Test
    void returnsMarkets() {
        MarketView market = queries.gateway
                .query(new FindMarket(SYMBOL), ResponseTypes.optionalInstanceOf(MarketView.class))
                .join()
                .orElseThrow();

        assertThat(market.firstOpenTime()).contains(at(FIRST, 0));
        assertThat(market.lastOpenTime()).contains(at(FIRST.plusDays(2), 699));
        assertThat(market.lastClose()).contains(BARS.getLast().close());
        assertThat(market.candles()).isEqualTo(BARS.size());
        assertThat(market.liveFrom()).isEmpty();
        assertThat(queries.gateway
                        .query(new FindMarkets(), ResponseTypes.instanceOf(MarketViews.class))
                        .join()
                        .markets())
                .contains(market);
        assertThat(queries.gateway
                        .query(new FindMarket(new Symbol("NOSUCH")), ResponseTypes.optionalInstanceOf(MarketView.class))
                        .join())
                .isEmpty();
    }

    @Test
    void returnsGapsNewestFirstInPages() {
        List<GapView> gaps = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        GapPage page;
        do {
            page = queries.ask(new FindGaps(SYMBOL, 2, cursor), GapPage.class);
            gaps.addAll(page.gaps());
            cursor = Optional.of(page.cursors().getLast());
        } while (page.hasNext());

        assertThat(gaps)
                .extracting(GapView::from)
                .containsExactly(at(FIRST, 34), at(FIRST, 32), at(FIRST, 30), at(FIRST, 20), at(FIRST, 10));
        assertThat(gaps)
                .extracting(GapView::state)
                .containsExactly(GapState.OPEN, GapState.CONFIRMED, GapState.OPEN, GapState.OPEN, GapState.OPEN);
        assertThat(gaps.get(1).to()).isEqualTo(at(FIRST, 33));
        assertThat(gaps.get(1).resolvedAt()).contains(at(FIRST, 50));
    }

    @Test
    void refusesInvalidArguments() {
        Instant from = at(FIRST, 0);
        queries.assertRefused(new FindCandles(SYMBOL, from, from, 100), "BAD_PERIOD", "from");
        queries.assertRefused(new FindCandles(SYMBOL, from, from.plusSeconds(60), 0), "OUT_OF_RANGE", "maxPoints");
        queries.assertRefused(new FindCandles(SYMBOL, from, from.plusSeconds(60), 5001), "OUT_OF_RANGE", "maxPoints");
        queries.assertRefused(
                new FindCandles(SYMBOL, from, from.plus(Duration.ofDays(11)), 10), "PERIOD_TOO_LONG", "to");
        queries.assertRefused(new FindGaps(SYMBOL, 501, Optional.empty()), "OUT_OF_RANGE", "first");
        queries.assertRefused(new FindGaps(SYMBOL, 5, Optional.of("§")), "BAD_CURSOR", "after");
    }
}
