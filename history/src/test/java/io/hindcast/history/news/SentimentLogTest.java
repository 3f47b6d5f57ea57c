package io.hindcast.history.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class SentimentLogTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final LocalDate FIRST = LocalDate.parse("2022-02-01");
    private static final Instant NOON = Instant.parse("2022-02-01T12:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2022-02-02T00:00:00Z");

    private final EventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Map<String, Long> sequences = new HashMap<>();
    private final SentimentLog log = new SentimentLog(store);

    private ScoreTookEffect record(Symbol symbol, String article, int reading, Instant from) {
        SentimentDayId day = SentimentDayId.holding(symbol, from);
        ScoreTookEffect event = new ScoreTookEffect(
                day,
                ArticleId.of(new ArticleUrl("https://example.com/" + article)),
                reading,
                VersionId.parse("trl:" + symbol + ":1"),
                NOON,
                from,
                0.5);
        long sequence = sequences.merge(day.toString(), 0L, (held, zero) -> held + 1);
        store.publish(new GenericDomainEventMessage<>("SentimentDay", day.toString(), sequence, event));
        return event;
    }

    @Test
    void readsScoresOfASymbolByDay() {
        ScoreTookEffect first = record(BTC, "a", 0, NOON);
        ScoreTookEffect corrected = record(BTC, "a", 1, NOON.plusSeconds(1));
        record(ETH, "a", 0, NOON);
        ScoreTookEffect next = record(BTC, "b", 0, NEXT_DAY);

        assertThat(log.days(BTC, FIRST, FIRST)).containsExactly(first, corrected);
        assertThat(log.days(BTC, FIRST, FIRST.plusDays(9))).containsExactly(first, corrected, next);
        assertThat(log.days(BTC, FIRST.plusDays(2), FIRST.plusDays(9))).isEmpty();
    }

    @Test
    void textThatTookEffectTwiceIsInEffectFromItsFirstDay() {
        ScoreTookEffect first = record(BTC, "a", 0, NOON);
        record(BTC, "a", 0, NEXT_DAY);

        assertThat(log.days(BTC, FIRST, FIRST.plusDays(1))).containsExactly(first);
    }
}
