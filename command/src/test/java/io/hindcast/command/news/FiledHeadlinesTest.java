package io.hindcast.command.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recognition of repeated headlines as a function of those filed before, without Axon. */
class FiledHeadlinesTest {

    private static final List<Symbol> BTC = List.of(new Symbol("BTCUSDT"));
    private static final List<Symbol> ETH = List.of(new Symbol("ETHUSDT"));
    private static final Instant NOON = Instant.parse("2022-02-01T12:00:00Z");
    private static final String TITLE = "Goldman Sachs offers its first Bitcoin loan";

    private static ArticleId id(String name) {
        return ArticleId.of(new ArticleUrl("https://example.com/" + name));
    }

    private static HeadlineFiled filed(String name, String title, Instant at) {
        return new HeadlineFiled(HeadlineDayId.holding(at), id(name), title, BTC, id(name), at);
    }

    @Test
    void findsTheMostSimilarHeadlineOfTheDayBefore() {
        FiledHeadlines headlines = FiledHeadlines.NONE
                .after(filed("a", "Goldman Sachs offers first Bitcoin loan to Coinbase", NOON))
                .after(filed("b", TITLE, NOON.plusSeconds(1)))
                .after(filed("c", TITLE, NOON.plusSeconds(2)));

        assertThat(headlines.repeatedBy(TITLE, BTC, NOON.plusSeconds(3)))
                .map(NearDuplicate::original)
                .contains(id("b"));
        assertThat(headlines.repeatedBy(TITLE, BTC, NOON.minusSeconds(1))).isEmpty();
        assertThat(headlines.repeatedBy(TITLE, ETH, NOON.plusSeconds(3))).isEmpty();
        assertThat(headlines.repeatedBy(
                        TITLE, BTC, NOON.plus(FiledHeadlines.WINDOW).plusSeconds(3)))
                .isEmpty();
    }

    @Test
    void anotherHeadlineLeavesTheGivenOnesUnchanged() {
        FiledHeadlines before = FiledHeadlines.NONE;
        before.after(filed("a", TITLE, NOON));

        assertThat(before.headlines()).isEmpty();
    }
}
