package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticlePage;
import io.hindcast.api.news.ArticleScore;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.FindNewsProgress;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.FindUnmeasuredArticles;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.SentimentChart;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.api.news.SnippetPart;
import io.hindcast.api.news.UnmeasuredArticle;
import io.hindcast.api.news.UnmeasuredArticles;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.NewsScript;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NewsQueriesTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final MarketScript SCRIPT = new MarketScript("BTCUSDT", 31);
    private static final NewsScript NEWS = new NewsScript(SCRIPT);
    private static final NewsScript OTHER = new NewsScript(new MarketScript("ETHUSDT", 32));
    private static final Symbol SYMBOL = SCRIPT.symbol();

    private static TestQueries queries;

    @BeforeAll
    static void start() {
        queries = new TestQueries();
        SCRIPT.open();
        NEWS.models(2, at(FIRST, 0));
        // Two at the same time, with a page boundary between them.
        NEWS.article("quiet-1", "Quiet trading", "Nothing moved.", at(FIRST, 60))
                .article("quiet-2", "Quiet trading goes on", "Nothing moved again.", at(FIRST, 60))
                .article("halving", "The halving comes closer", "Miners prepare for it.", at(FIRST, 90))
                .article("herald-1", "Miners sell their holdings", "Exchange data show it.", at(FIRST, 120))
                .body("herald-1", "Miners sold bitcoin.\n\nThe halving is one reason, analysts say.", at(FIRST, 121))
                .article(
                        "again",
                        "Miners are selling their holdings",
                        "",
                        at(FIRST, 130),
                        at(FIRST, 131),
                        Optional.of(new NearDuplicate(NEWS.id("herald-1"), 0.8)))
                .article(
                        "late", "Seen late", "Published long before.", at(FIRST, 100), at(SECOND, 0), Optional.empty());
        NEWS.scored("halving", 0, 2, 0.75, at(FIRST, 91))
                .scored("herald-1", 0, 2, 0.125, at(FIRST, 121))
                .scored("herald-1", 1, 1, 0.25, at(FIRST, 122))
                .scored("again", 0, 2, 0.75, at(FIRST, 132))
                .scored("late", 0, 2, 0.875, at(SECOND, 0))
                .measured("halving", 0.75, at(FIRST, 810));
        NEWS.revised("halving", 1, "The halving comes much closer", "Miners prepare for it.", at(FIRST, 200));
        queries.publish(SCRIPT.take());
    }

    @AfterAll
    static void stop() {
        queries.close();
    }

    private static FindArticles find(Optional<String> text, boolean repetitions, int first, Optional<String> after) {
        return new FindArticles(
                Optional.of(SYMBOL),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                text,
                repetitions,
                first,
                after);
    }

    private static List<ArticleView> all(Optional<String> text, boolean repetitions, int first) {
        List<ArticleView> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        ArticlePage page;
        do {
            page = queries.ask(find(text, repetitions, first, cursor), ArticlePage.class);
            found.addAll(page.articles());
            cursor = page.cursors().isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.cursors().getLast());
        } while (page.hasNext());
        return found;
    }

    private static List<ArticleId> ids(List<ArticleView> articles) {
        return articles.stream().map(ArticleView::articleId).toList();
    }

    @Test
    void returnsArticlesNewestFirstInPagesAndRepetitionsOnRequest() {
        List<ArticleId> quiet = List.of(NEWS.id("quiet-1"), NEWS.id("quiet-2")).stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int first : new int[] {1, 2, 3, 50}) {
            assertThat(ids(all(Optional.empty(), false, first)))
                    .containsExactly(
                            NEWS.id("herald-1"), NEWS.id("late"), NEWS.id("halving"), quiet.get(0), quiet.get(1));
        }
        assertThat(ids(all(Optional.empty(), true, 2))).hasSize(6).startsWith(NEWS.id("again"));
    }

    @Test
    void filtersByTimeSourceAndSymbol() {
        assertThat(ids(queries.ask(
                                new FindArticles(
                                        Optional.empty(),
                                        Optional.of(at(FIRST, 90)),
                                        Optional.of(at(FIRST, 120)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        10,
                                        Optional.empty()),
                                ArticlePage.class)
                        .articles()))
                .containsExactly(NEWS.id("late"), NEWS.id("halving"));
        assertThat(ids(queries.ask(
                                new FindArticles(
                                        Optional.of(SYMBOL),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("Herald"),
                                        Optional.empty(),
                                        true,
                                        10,
                                        Optional.empty()),
                                ArticlePage.class)
                        .articles()))
                .containsExactly(NEWS.id("herald-1"));
        assertThat(queries.ask(
                                new FindArticles(
                                        Optional.of(new Symbol("NOSUCH")),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        true,
                                        10,
                                        Optional.empty()),
                                ArticlePage.class)
                        .articles())
                .isEmpty();
    }

    @Test
    void ranksWordsInTitlesAboveWordsInBodies() {
        for (int first : new int[] {1, 10}) {
            List<ArticleView> found = all(Optional.of("halving"), false, first);
            assertThat(ids(found)).containsExactly(NEWS.id("halving"), NEWS.id("herald-1"));
            assertThat(found.getLast().snippet())
                    .filteredOn(SnippetPart::match)
                    .extracting(SnippetPart::text)
                    .containsExactly("halving");
            assertThat(String.join(
                            "",
                            found.getLast().snippet().stream()
                                    .map(SnippetPart::text)
                                    .toList()))
                    .contains("The halving is one reason");
        }
        // Inflected words, phrases, alternatives and exclusions.
        assertThat(ids(all(Optional.of("selling"), true, 10))).contains(NEWS.id("again"), NEWS.id("herald-1"));
        assertThat(ids(all(Optional.of("\"halving comes\""), false, 10))).containsExactly(NEWS.id("halving"));
        assertThat(ids(all(Optional.of("miners -closer"), false, 10))).containsExactly(NEWS.id("herald-1"));
        assertThat(all(Optional.of("halving or late"), false, 10)).hasSize(3);
        assertThat(all(Optional.of("the"), false, 10)).isEmpty();
        assertThat(all(Optional.of("it's & (odd | \"input"), false, 10)).isEmpty();
    }

    @Test
    void returnsAnArticleWithTheLatestTextScoresAndReaction() {
        ArticleView halving = one("halving");
        assertThat(halving.title()).isEqualTo("The halving comes much closer");
        assertThat(halving.revision()).isEqualTo(1);
        assertThat(halving.symbols()).containsExactly(SYMBOL);
        assertThat(halving.reactions()).singleElement().satisfies(reaction -> {
            assertThat(reaction.percent()).isEqualTo(0.75);
            assertThat(reaction.signal()).isEqualTo(Signal.BUY);
        });
        assertThat(halving.scores())
                .extracting(ArticleScore::version)
                .containsExactly(NEWS.version(1), NEWS.version(2));
        assertThat(halving.scores())
                .extracting(ArticleScore::slot)
                .containsExactly(Optional.of(Slot.BASELINE), Optional.of(Slot.CURRENT));

        ArticleView herald = one("herald-1");
        assertThat(herald.body().orElseThrow()).startsWith("Miners sold bitcoin.");
        assertThat(herald.scores()).extracting(ArticleScore::reading).containsExactly(1, 0);
        assertThat(herald.scores().getFirst().probabilities().buy()).isEqualTo(0.25);
        assertThat(queries.gateway
                        .query(new FindArticle(OTHER.id("none")), ResponseTypes.optionalInstanceOf(ArticleView.class))
                        .join())
                .isEmpty();
    }

    private static ArticleView one(String name) {
        return queries.gateway
                .query(new FindArticle(NEWS.id(name)), ResponseTypes.optionalInstanceOf(ArticleView.class))
                .join()
                .orElseThrow();
    }

    @Test
    void sentimentCountsOnlyArticlesSeenByThen() {
        List<SentimentSeries> all = sentiment(at(FIRST, 0), at(SECOND, 60), 1500);

        assertThat(all).extracting(SentimentSeries::version).containsExactly(NEWS.version(1), NEWS.version(2));
        SentimentSeries series = all.getFirst();
        assertThat(series.bucketSeconds()).isEqualTo(60);
        assertThat(series.time()[0]).isEqualTo(at(FIRST, 90).getEpochSecond());
        // Buy 0.75, sell 0.125.
        assertThat(value(series, at(FIRST, 119))).isCloseTo(0.625, within(1e-12));
        double day = Duration.ofDays(1).toMinutes();
        double halving = Math.pow(2, -30 / day);
        assertThat(value(series, at(FIRST, 120))).isCloseTo((halving * 0.625 - 0.625) / (halving + 1), within(1e-12));
        // Its body has another score: buy 0.25, sell 0.625. The repetition is not counted.
        halving = Math.pow(2, -60 / day);
        double herald = Math.pow(2, -30 / day);
        assertThat(value(series, at(FIRST, 150)))
                .isCloseTo((halving * 0.625 - herald * 0.375) / (halving + herald), within(1e-12));
        // The article seen at midnight counts from midnight, not from its publication.
        int midnight = place(series, at(SECOND, 0));
        assertThat(series.articles()[midnight - 1]).isEqualTo(2);
        assertThat(series.articles()[midnight]).isEqualTo(3);

        SentimentSeries coarse = sentiment(at(FIRST, 0), at(SECOND, 60), 10).getFirst();
        assertThat(coarse.time().length).isLessThanOrEqualTo(10);
        assertThat(value(coarse, at(FIRST, 960))).isEqualTo(value(series, at(FIRST, 960)));
    }

    private static List<SentimentSeries> sentiment(Instant from, Instant to, int maxPoints) {
        return queries.gateway
                .query(new FindSentiment(SYMBOL, from, to, maxPoints), ResponseTypes.instanceOf(SentimentChart.class))
                .join()
                .series();
    }

    private static int place(SentimentSeries series, Instant time) {
        return Arrays.binarySearch(series.time(), time.getEpochSecond());
    }

    private static double value(SentimentSeries series, Instant time) {
        return series.sentiment()[place(series, time)];
    }

    @Test
    void returnsProgressOfAChannelAndUnmeasuredArticles() {
        assertThat(queries.gateway
                        .query(new FindNewsProgress("archive:test"), ResponseTypes.optionalInstanceOf(Instant.class))
                        .join())
                .contains(at(FIRST, 130));
        assertThat(queries.gateway
                        .query(new FindNewsProgress("archive:none"), ResponseTypes.optionalInstanceOf(Instant.class))
                        .join())
                .isEmpty();
        List<UnmeasuredArticle> first = unmeasured(Optional.empty(), 3);
        assertThat(first).extracting(UnmeasuredArticle::publishedAt).isSorted().hasSize(3);
        assertThat(unmeasured(Optional.of(first.getLast()), 3))
                .extracting(UnmeasuredArticle::articleId)
                .containsExactly(NEWS.id("herald-1"));
    }

    private static List<UnmeasuredArticle> unmeasured(Optional<UnmeasuredArticle> after, int first) {
        return queries.gateway
                .query(
                        new FindUnmeasuredArticles(SYMBOL, at(FIRST, 120), after, first),
                        ResponseTypes.instanceOf(UnmeasuredArticles.class))
                .join()
                .articles();
    }

    @Test
    void refusesInvalidArguments() {
        queries.assertRefused(find(Optional.empty(), false, 501, Optional.empty()), "OUT_OF_RANGE", "first");
        queries.assertRefused(find(Optional.of("x".repeat(201)), false, 5, Optional.empty()), "OUT_OF_RANGE", "text");
        queries.assertRefused(find(Optional.empty(), false, 5, Optional.of("§")), "BAD_CURSOR", "after");
        queries.assertRefused(
                new FindArticles(
                        Optional.empty(),
                        Optional.of(at(FIRST, 1)),
                        Optional.of(at(FIRST, 1)),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        5,
                        Optional.empty()),
                "BAD_PERIOD",
                "from");
    }
}
