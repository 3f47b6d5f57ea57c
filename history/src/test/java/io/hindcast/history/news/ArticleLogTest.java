package io.hindcast.history.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.history.news.ArticleHistory.Reading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class ArticleLogTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Instant NOON = Instant.parse("2022-02-01T12:00:00Z");
    private static final VersionId VERSION = VersionId.parse("trl:BTCUSDT:1");

    private final EventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Map<String, Long> sequences = new HashMap<>();
    private final ArticleLog log = new ArticleLog(store);

    private void append(String id, Object payload) {
        long sequence = sequences.merge(id, 0L, (held, zero) -> held + 1);
        store.publish(new GenericDomainEventMessage<>("Article", id, sequence, payload));
    }

    private ArticleId discover(String name, Instant firstSeen) {
        ArticleUrl url = new ArticleUrl("https://example.com/" + name);
        ArticleId id = ArticleId.of(url);
        HeadlineDayId day = HeadlineDayId.holding(firstSeen);
        append(day.toString(), new HeadlineFiled(day, id, name, List.of(BTC), id, firstSeen));
        append(
                id.toString(),
                new ArticleDiscovered(
                        id,
                        url,
                        "yahoo",
                        "Example",
                        List.of(BTC),
                        name,
                        "Summary.",
                        PublishedTime.stated(firstSeen),
                        ArticleOrigin.LIVE,
                        firstSeen,
                        Optional.empty()));
        return id;
    }

    @Test
    void readsEveryTextOfAnArticleWithWhenItBecameKnown() {
        ArticleId id = discover("a", NOON);
        append(id.toString(), new ArticleSymbolsAdded(id, "rss:x", List.of(ETH), NOON.plusSeconds(5)));
        append(id.toString(), new ArticleContentFetched(id, "Body.", NOON.plusSeconds(10)));
        append(id.toString(), new ArticleRevised(id, 1, "b", "Summary.", Optional.empty(), NOON.plusSeconds(20)));
        append(
                id.toString(),
                new ArticleRevised(id, 2, "b", "Summary.", Optional.of("Other body."), NOON.plusSeconds(30)));

        ArticleHistory article = log.read(id).orElseThrow();

        assertThat(article.symbols()).containsExactly(Map.entry(BTC, NOON), Map.entry(ETH, NOON.plusSeconds(5)));
        assertThat(article.readings())
                .containsExactly(
                        new Reading(0, "a", "Summary.", Optional.empty(), NOON),
                        new Reading(1, "a", "Summary.", Optional.of("Body."), NOON.plusSeconds(10)),
                        new Reading(2, "b", "Summary.", Optional.of("Body."), NOON.plusSeconds(20)),
                        new Reading(3, "b", "Summary.", Optional.of("Other body."), NOON.plusSeconds(30)));
        assertThat(article.readings())
                .extracting(Reading::text)
                .containsExactly("Summary.", "Body.", "Body.", "Other body.");
        assertThat(article.asOf(NOON.minusMillis(1))).isEmpty();
        assertThat(article.asOf(NOON.plusSeconds(25)).orElseThrow().number()).isEqualTo(2);
        assertThat(article.lastSequence()).isEqualTo(4);
        assertThat(log.read(ArticleId.of(new ArticleUrl("https://example.com/none"))))
                .isEmpty();
    }

    @Test
    void readsWhichVersionsHaveScoredWhichText() {
        ArticleId id = discover("a", NOON);
        append(
                id.toString(),
                new ArticleScored(
                        id,
                        0,
                        List.of(new VersionScore(VERSION, new ScorerSpec("x", "1"), new Probabilities(0, 1, 0))),
                        PredictionOrigin.LIVE,
                        NOON,
                        false,
                        NOON));

        ArticleHistory article = log.read(id).orElseThrow();

        assertThat(article.isScored(VERSION, 0)).isTrue();
        assertThat(article.isScored(VERSION, 1)).isFalse();
        assertThat(article.isScored(VersionId.parse("trl:BTCUSDT:2"), 0)).isFalse();
    }

    @Test
    void findsArticlesByDay() {
        ArticleId first = discover("a", NOON);
        ArticleId second = discover("b", NOON.plusSeconds(1));
        ArticleId nextDay = discover("c", NOON.plusSeconds(86_400));
        discover("d", NOON.plusSeconds(3 * 86_400));
        LocalDate day = LocalDate.parse("2022-02-01");

        assertThat(log.firstSeen(day, day.plusDays(2))).containsExactly(first, second, nextDay);
        assertThat(log.firstSeen(day.minusDays(3), day.minusDays(1))).isEmpty();
    }
}
