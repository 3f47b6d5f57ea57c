package io.hindcast.command.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.command.CommandConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Articles together with the headlines of their days. */
class RepeatedNewsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Instant EVENING = Instant.parse("2022-02-01T22:00:00Z");
    private static final String TITLE = "Goldman Sachs Offers Its First Bitcoin-Backed Loan";
    private static final String AGAIN = "Goldman Sachs offers first Bitcoin-backed loan to Coinbase";

    private final InMemoryEventStorageEngine log = new InMemoryEventStorageEngine();
    private Configuration axon = start();

    private Configuration start() {
        var configurer = DefaultConfigurer.defaultConfiguration().configureEmbeddedEventStore(configuration -> log);
        CommandConfiguration.configureAggregates(configurer);
        return configurer.start();
    }

    @AfterEach
    void stop() {
        axon.shutdown();
    }

    private void restart() {
        axon.shutdown();
        axon = start();
    }

    private static DiscoverArticle article(String name, Symbol symbol, String title, Instant seenAt) {
        return new DiscoverArticle(
                new ArticleUrl("https://example.com/" + name),
                "test",
                "Example",
                List.of(symbol),
                title,
                "",
                PublishedTime.stated(seenAt),
                ArticleOrigin.LIVE,
                seenAt);
    }

    private static ArticleId id(String name) {
        return ArticleId.of(new ArticleUrl("https://example.com/" + name));
    }

    private DiscoveryReceipt discover(String name, Symbol symbol, String title, Instant seenAt) {
        return axon.commandGateway().sendAndWait(article(name, symbol, title, seenAt));
    }

    @Test
    void linksTitleWithTheSameNewsInOtherWords() {
        assertThat(discover("a", BTC, TITLE, EVENING).duplicateOf()).isEmpty();
        assertThat(discover("b", BTC, AGAIN, EVENING.plusSeconds(1)).duplicateOf())
                .contains(id("a"));
        ArticleDiscovered event = (ArticleDiscovered)
                axon.eventStore().readEvents(id("b").toString()).next().getPayload();
        assertThat(event.duplicateOf().orElseThrow().similarity()).isBetween(TitleWords.ALIKE, 1.0);
    }

    @Test
    void linksAcrossMidnightButNotAfterADay() {
        discover("a", BTC, TITLE, EVENING);
        assertThat(discover("b", BTC, AGAIN, EVENING.plus(Duration.ofHours(23))).duplicateOf())
                .contains(id("a"));
        assertThat(discover("c", BTC, TITLE, EVENING.plus(Duration.ofDays(2))).duplicateOf())
                .isEmpty();
    }

    @Test
    void linksToTheFirstOfAChain() {
        discover("a", BTC, "Sony and Theta Labs set to launch 3D NFTs", EVENING);
        discover("b", BTC, "Sony and Theta Labs launch 3D NFTs in Japan", EVENING.plusSeconds(1));
        assertThat(discover("c", BTC, "Theta Labs launch 3D NFTs in Japan", EVENING.plusSeconds(2))
                        .duplicateOf())
                .contains(id("a"));
    }

    @Test
    void doesNotLinkOtherSymbolsOrOtherNumbers() {
        discover("a", BTC, "Bitcoin falls below $40,000 as traders flee", EVENING);
        assertThat(discover("b", ETH, "Bitcoin falls below $40,000 as traders flee", EVENING.plusSeconds(1))
                        .duplicateOf())
                .isEmpty();
        assertThat(discover("c", BTC, "Bitcoin falls below $30,000 as traders flee", EVENING.plusSeconds(2))
                        .duplicateOf())
                .isEmpty();
    }

    @Test
    void neverLinksToALaterArticle() {
        discover("a", BTC, TITLE, EVENING);
        assertThat(discover("b", BTC, TITLE, EVENING.minusSeconds(60)).duplicateOf())
                .isEmpty();
    }

    @Test
    void decidesTheSameAfterARestart() {
        discover("a", BTC, TITLE, EVENING);
        restart();
        assertThat(discover("b", BTC, AGAIN, EVENING.plusSeconds(1)).duplicateOf())
                .contains(id("a"));
        restart();
        assertThat(discover("b", BTC, AGAIN, EVENING.plusSeconds(1)))
                .isEqualTo(new DiscoveryReceipt(
                        id("b"), DiscoveryReceipt.Outcome.DROPPED, java.util.Optional.of(id("a"))));
        assertThat(axon.eventStore().readEvents("headlines:2022-02-01").asStream())
                .hasSize(2);
    }

    @Test
    void hasOneOriginalUnderConcurrentDiscoveries() throws Exception {
        List<Callable<DiscoveryReceipt>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            DiscoverArticle command = article("n" + i, BTC, TITLE, EVENING);
            all.add(() -> axon.commandGateway().sendAndWait(command));
        }
        int originals = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<DiscoveryReceipt> receipt : threads.invokeAll(all)) {
                originals += receipt.get().duplicateOf().isEmpty() ? 1 : 0;
            }
        }
        assertThat(originals).isEqualTo(1);
    }
}
