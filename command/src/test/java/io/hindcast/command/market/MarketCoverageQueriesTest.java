package io.hindcast.command.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketCoverageQueriesTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final LocalDate LIVE = LocalDate.of(2024, 1, 31);
    private static final Instant LIVE_FROM = UtcDay.start(LIVE);

    private final EventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Map<String, Long> sequences = new HashMap<>();

    private void append(String id, Object event) {
        long sequence = sequences.merge(id, 0L, (before, none) -> before + 1);
        log.publish(new GenericDomainEventMessage<>("any", id, sequence, event));
    }

    private void opened() {
        append(
                MarketId.of(BTC),
                new MarketOpened(
                        BTC, Interval.ONE_MINUTE, MarketOrigin.SYNTHETIC, "a generated market", Instant.EPOCH));
    }

    private void wentLive() {
        append(MarketId.of(BTC), new MarketWentLive(BTC, LIVE_FROM));
    }

    private static MarketDayId id(LocalDate day) {
        return new MarketDayId(BTC, Interval.ONE_MINUTE, day);
    }

    /** Records the minutes {@code from} to {@code to}, both inclusive. */
    private void recorded(LocalDate day, int from, int to) {
        Candles candles = Candles.of(
                day,
                IntStream.rangeClosed(from, to)
                        .mapToObj(minute -> Bars.bar(id(day), minute, 0))
                        .toList());
        List<Integer> revisions = Collections.nCopies(to - from + 1, 0);
        append(
                id(day).toString(),
                new CandlesRecorded(id(day), CandleSource.LIVE, UtcDay.end(day), candles, revisions));
    }

    private void days(LocalDate from, LocalDate to) {
        from.datesUntil(to.plusDays(1)).forEach(day -> recorded(day, 0, 1439));
    }

    private MarketCoverage held() {
        return new MarketCoverageQueries(log).handle(new FindMarketCoverage(BTC, FIRST, LIVE, 2));
    }

    private static Instant minute(LocalDate day, int minute) {
        return UtcDay.start(day).plusSeconds(60L * minute);
    }

    @Test
    void unopenedMarketHasNoCoverage() {
        assertThat(held().opened()).isFalse();
        assertThat(held().lastOpenTime()).isEmpty();
    }

    @Test
    void findsEndOfInterruptedImport() {
        opened();
        days(FIRST, FIRST.plusDays(9));
        recorded(FIRST.plusDays(12), 0, 700);
        assertThat(held().opened()).isTrue();
        assertThat(held().liveFrom()).isEmpty();
        assertThat(held().lastOpenTime()).contains(minute(FIRST.plusDays(12), 700));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 100, 1000})
    void findsTheLastBarHoweverLongTheMarketHasBeenLive(int daysLive) {
        opened();
        recorded(LIVE.minusDays(1), 0, 1439);
        wentLive();
        for (int day = 0; day < daysLive; day++) {
            recorded(LIVE.plusDays(day), 0, 0);
        }
        recorded(LIVE.plusDays(daysLive), 0, 41);
        assertThat(held().liveFrom()).contains(LIVE_FROM);
        assertThat(held().lastOpenTime()).contains(minute(LIVE.plusDays(daysLive), 41));
    }

    @Test
    void findsLastBarOfHistoryIfNoBarFollowedSinceGoLive() {
        opened();
        days(LIVE.minusDays(2), LIVE.minusDays(1));
        wentLive();
        assertThat(held().lastOpenTime()).contains(minute(LIVE.minusDays(1), 1439));
        assertThat(held().missingFrom()).isEmpty();
    }

    @Test
    void findsLastBarOfMarketPausedForLongerThanItsHistory() {
        opened();
        wentLive();
        recorded(LIVE, 0, 99);
        MarketCoverage later = new MarketCoverageQueries(log)
                .handle(new FindMarketCoverage(BTC, LIVE.plusDays(90), LIVE.plusDays(120), 2));
        assertThat(later.lastOpenTime()).contains(minute(LIVE, 99));
    }

    @Test
    void skipsDaysWithGapsOnly() {
        opened();
        wentLive();
        recorded(LIVE, 0, 1439);
        for (int day = 1; day <= 5; day++) {
            LocalDate without = LIVE.plusDays(day);
            append(id(without).toString(), new GapDetected(id(without), 0, 1439, LIVE_FROM));
        }
        assertThat(held().lastOpenTime()).contains(minute(LIVE, 1439));
    }

    @Test
    void findsFirstMinuteMissingAndNotConfirmed() {
        opened();
        days(LIVE.minusDays(3), LIVE.minusDays(1));
        wentLive();
        recorded(LIVE, 0, 99);
        recorded(LIVE, 200, 299);
        recorded(LIVE, 310, 400);
        assertThat(held().missingFrom()).contains(minute(LIVE, 100));
        append(id(LIVE).toString(), new GapDetected(id(LIVE), 100, 199, LIVE_FROM));
        append(id(LIVE).toString(), new GapConfirmed(id(LIVE), 100, 199, LIVE_FROM));
        assertThat(held().missingFrom()).contains(minute(LIVE, 300));
        recorded(LIVE, 300, 309);
        assertThat(held().missingFrom()).isEmpty();
        assertThat(held().lastOpenTime()).contains(minute(LIVE, 400));
    }

    @Test
    void minutesBeforeFirstBarOfMarketAreNotMissing() {
        opened();
        recorded(LIVE.minusDays(1), 600, 1439);
        wentLive();
        recorded(LIVE, 0, 10);
        assertThat(held().missingFrom()).isEmpty();
    }
}
