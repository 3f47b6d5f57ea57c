package io.hindcast.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.ml.trl.NewsArticle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sliced articles have the text that was visible at their time; later articles and corrections have no effect. */
class ArticleSlicerTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(2)).minusSeconds(60);

    private final SlicerLog log = new SlicerLog(BTC, START, 3, END);
    private final ArticleSlicer slicer = new ArticleSlicer(new ArticleLog(log.store()));

    private ArticleId article(
            String name, Symbol symbol, Instant published, Instant firstSeen, Optional<NearDuplicate> duplicateOf) {
        ArticleUrl url = new ArticleUrl("https://example.com/" + name);
        ArticleId id = ArticleId.of(url);
        HeadlineDayId day = HeadlineDayId.holding(firstSeen);
        log.append(day.toString(), new HeadlineFiled(day, id, name, List.of(symbol), id, firstSeen));
        log.append(
                id.toString(),
                new ArticleDiscovered(
                        id,
                        url,
                        "yahoo",
                        "Example",
                        List.of(symbol),
                        name,
                        "Summary.",
                        PublishedTime.stated(published),
                        ArticleOrigin.LIVE,
                        firstSeen,
                        duplicateOf));
        return id;
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(3_600L * hour);
    }

    private List<NewsArticle> sliced(Instant to) {
        List<NewsArticle> articles = new ArrayList<>();
        slicer.slice(BTC, START, to, () -> false, articles::add);
        return articles;
    }

    @Test
    void leavesOutLaterArticlesDuplicatesAndOtherMarkets() {
        ArticleId first = article("first", BTC, hour(1), hour(1), Optional.empty());
        article("late", BTC, hour(2), END.plusSeconds(61), Optional.empty());
        article("repeats", BTC, hour(3), hour(3), Optional.of(new NearDuplicate(first, 0.9)));
        ArticleId other = article("other", ETH, hour(4), hour(4), Optional.empty());

        assertThat(sliced(END)).extracting(NewsArticle::title).containsExactly("first");

        // The article belongs to this market from the moment when that was recorded.
        log.append(other.toString(), new ArticleSymbolsAdded(other, "rss:x", List.of(BTC), hour(9)));
        assertThat(sliced(END))
                .filteredOn(article -> article.title().equals("other"))
                .singleElement()
                .satisfies(article -> assertThat(article.firstSeenAt()).isEqualTo(hour(9).toEpochMilli()));
        assertThat(sliced(hour(8))).extracting(NewsArticle::title).containsExactly("first");
    }

    @Test
    void anArticleHasTheTextVisibleShortlyAfterItWasSeen() {
        ArticleId id = article("first", BTC, hour(1), hour(2), Optional.empty());
        log.append(id.toString(), new ArticleContentFetched(id, "The body.", hour(2).plusSeconds(20)));
        List<NewsArticle> before = sliced(END);
        log.append(
                id.toString(),
                new ArticleRevised(id, 1, "told better", "Summary.", Optional.of("Another body."), hour(3)));

        assertThat(sliced(END)).isEqualTo(before).singleElement().satisfies(article -> {
            assertThat(article.title()).isEqualTo("first");
            assertThat(article.body()).isEqualTo("The body.");
            assertThat(article.publishedAt()).isEqualTo(hour(1).toEpochMilli());
            assertThat(article.firstSeenAt()).isEqualTo(hour(2).toEpochMilli());
        });
    }
}
