package io.hindcast.command.news;

import static io.hindcast.command.RefusedWith.code;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.DiscoveryReceipt.Outcome;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArticleTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Symbol SOL = new Symbol("SOLUSDT");
    private static final ArticleUrl URL = new ArticleUrl("https://example.com/bitcoin-rises");
    private static final ArticleId ID = ArticleId.of(URL);
    private static final ArticleId OTHER = ArticleId.of(new ArticleUrl("https://example.com/other"));
    private static final Instant PUBLISHED = Instant.parse("2022-02-01T08:35:20Z");
    private static final Instant SEEN = Instant.parse("2022-02-01T09:00:00Z");
    private static final Instant LATER = Instant.parse("2022-02-01T09:30:00Z");
    private static final Instant OVER = PUBLISHED.plus(Duration.ofHours(12));

    private final FixtureConfiguration<Article> article = new AggregateTestFixture<>(Article.class);
    private Optional<NearDuplicate> repeated = Optional.empty();

    @BeforeEach
    void headlines() {
        article.registerInjectableResource((Headlines) (id, title, symbols, seenAt) -> repeated);
    }

    private static DiscoverArticle found(String channel, List<Symbol> symbols, String title, Instant seenAt) {
        return new DiscoverArticle(
                URL,
                channel,
                "Example",
                symbols,
                title,
                "It rose.",
                PublishedTime.stated(PUBLISHED),
                ArticleOrigin.LIVE,
                seenAt);
    }

    private static DiscoverArticle found() {
        return found("yahoo", List.of(BTC), "Bitcoin rises", SEEN);
    }

    private static ArticleDiscovered discovered(Symbol... symbols) {
        return new ArticleDiscovered(
                ID,
                URL,
                "yahoo",
                "Example",
                List.of(symbols),
                "Bitcoin rises",
                "It rose.",
                PublishedTime.stated(PUBLISHED),
                ArticleOrigin.LIVE,
                SEEN,
                Optional.empty());
    }

    private static MeasureArticleReaction measure(Symbol symbol, double mean, Instant measuredAt) {
        return new MeasureArticleReaction(
                ID, symbol, ReactionSpec.DEFAULT, new BigDecimal("40000"), mean, 720, measuredAt);
    }

    private static ArticleReactionMeasured measured(double mean, double percent, Signal signal) {
        return new ArticleReactionMeasured(
                ID, BTC, ReactionSpec.DEFAULT, new BigDecimal("40000"), mean, 720, percent, signal, OVER);
    }

    @Test
    void isDiscoveredWithItsSymbolsInOrder() {
        article.givenNoPriorActivity()
                .when(found("yahoo", List.of(ETH, BTC), "Bitcoin rises", SEEN))
                .expectEvents(discovered(BTC, ETH))
                .expectResultMessagePayload(new DiscoveryReceipt(ID, Outcome.DISCOVERED, Optional.empty()));
    }

    @Test
    void keepsWhichArticleItRepeats() {
        repeated = Optional.of(new NearDuplicate(OTHER, 0.8));
        ArticleDiscovered one = discovered(BTC);
        ArticleDiscovered repetition = new ArticleDiscovered(
                ID,
                URL,
                one.channel(),
                one.source(),
                one.symbols(),
                one.title(),
                one.summary(),
                one.published(),
                one.origin(),
                SEEN,
                repeated);
        article.givenNoPriorActivity().when(found()).expectEvents(repetition);
        repeated = Optional.empty();
        article.given(repetition)
                .when(found())
                .expectNoEvents()
                .expectResultMessagePayload(new DiscoveryReceipt(ID, Outcome.DROPPED, Optional.of(OTHER)));
    }

    @Test
    void isDiscoveredOnce() {
        article.given(discovered(BTC))
                .when(found())
                .expectNoEvents()
                .expectResultMessagePayload(new DiscoveryReceipt(ID, Outcome.DROPPED, Optional.empty()));
        article.given(discovered(BTC))
                .when(found("yahoo", List.of(BTC), "Bitcoin rises", LATER))
                .expectNoEvents();
    }

    @Test
    void isAboutAFurtherSymbolFromItsDiscoveryOn() {
        article.given(discovered(BTC))
                .when(found("rss:coindesk", List.of(SOL, BTC, ETH), "Other words", LATER))
                .expectEvents(new ArticleSymbolsAdded(ID, "rss:coindesk", List.of(ETH, SOL), LATER))
                .expectResultMessagePayload(new DiscoveryReceipt(ID, Outcome.EXTENDED, Optional.empty()));
    }

    @Test
    void isNotAboutASymbolBeforeItWasFirstSeen() {
        article.given(discovered(BTC))
                .when(found("yahoo", List.of(ETH), "Bitcoin rises", PUBLISHED))
                .expectEvents(new ArticleSymbolsAdded(ID, "yahoo", List.of(ETH), SEEN));
    }

    @Test
    void isRevisedByTheChannelThatDiscoveredIt() {
        ArticleRevised second = new ArticleRevised(ID, 1, "Bitcoin falls", "It rose.", Optional.empty(), LATER);
        article.given(discovered(BTC))
                .when(found("yahoo", List.of(BTC), "Bitcoin falls", LATER))
                .expectEvents(second)
                .expectResultMessagePayload(new DiscoveryReceipt(ID, Outcome.REVISED, Optional.empty()));
        Instant evenLater = LATER.plusSeconds(60);
        article.given(discovered(BTC), second)
                .when(found("yahoo", List.of(BTC), "Bitcoin rises", evenLater))
                .expectEvents(new ArticleRevised(ID, 2, "Bitcoin rises", "It rose.", Optional.empty(), evenLater));
    }

    @Test
    void isNotRevisedByAnotherChannelsWording() {
        article.given(discovered(BTC))
                .when(found("rss:coindesk", List.of(BTC), "Bitcoin is up", LATER))
                .expectNoEvents();
    }

    @Test
    void isNotRevisedByAnEarlierSighting() {
        ArticleRevised revised = new ArticleRevised(ID, 1, "Bitcoin falls", "It rose.", Optional.empty(), LATER);
        article.given(discovered(BTC), revised).when(found()).expectNoEvents();
    }

    @Test
    void isNotRevisedByHistory() {
        DiscoverArticle history = new DiscoverArticle(
                URL,
                "yahoo",
                "Example",
                List.of(BTC),
                "Other words",
                "",
                PublishedTime.stated(LATER),
                ArticleOrigin.HISTORY,
                LATER);
        article.given(discovered(BTC)).when(history).expectNoEvents();
    }

    @Test
    void refusesSightingBeforePublication() {
        article.givenNoPriorActivity()
                .when(found("yahoo", List.of(BTC), "Bitcoin rises", PUBLISHED.minusMillis(1)))
                .expectException(code("SEEN_BEFORE_PUBLISHED"));
    }

    @Test
    void historyCountsAsKnownAtPublication() {
        article.givenNoPriorActivity()
                .when(new DiscoverArticle(
                        URL,
                        "archive:1",
                        "Example",
                        List.of(BTC),
                        "Bitcoin rises",
                        "",
                        PublishedTime.stated(PUBLISHED),
                        ArticleOrigin.HISTORY,
                        SEEN))
                .expectException(code("HISTORY_SEEN_LATE"));
    }

    @Test
    void refusesMalformedArticles() {
        for (String title : List.of("", "  ", "x".repeat(501))) {
            article.givenNoPriorActivity()
                    .when(found("yahoo", List.of(BTC), title, SEEN))
                    .expectException(code("BAD_TEXT"));
        }
        for (List<Symbol> symbols : List.of(List.<Symbol>of(), List.of(BTC, BTC))) {
            article.givenNoPriorActivity()
                    .when(found("yahoo", symbols, "Bitcoin rises", SEEN))
                    .expectException(code("BAD_SYMBOLS"));
        }
        article.givenNoPriorActivity()
                .when(found("Yahoo Finance", List.of(BTC), "Bitcoin rises", SEEN))
                .expectException(code("BAD_CHANNEL"));
    }

    @Test
    void recordsItsBodyOnce() {
        ArticleContentFetched fetched = new ArticleContentFetched(ID, "All of it.", SEEN);
        article.given(discovered(BTC))
                .when(new RecordArticleContent(ID, "All of it.", SEEN))
                .expectEvents(fetched);
        article.given(discovered(BTC), fetched)
                .when(new RecordArticleContent(ID, "All of it.", LATER))
                .expectNoEvents();
    }

    @Test
    void recordsAnotherBodyAsARevision() {
        article.given(discovered(BTC), new ArticleContentFetched(ID, "All of it.", SEEN))
                .when(new RecordArticleContent(ID, "All of it, corrected.", LATER))
                .expectEvents(new ArticleRevised(
                        ID, 1, "Bitcoin rises", "It rose.", Optional.of("All of it, corrected."), LATER));
    }

    @Test
    void refusesBodyBeforeDiscovery() {
        article.givenNoPriorActivity()
                .when(new RecordArticleContent(ID, "All of it.", SEEN))
                .expectException(code("NO_SUCH_ARTICLE"));
        article.given(discovered(BTC))
                .when(new RecordArticleContent(ID, "All of it.", PUBLISHED))
                .expectException(code("FETCHED_BEFORE_SEEN"));
        article.given(discovered(BTC))
                .when(new RecordArticleContent(ID, " ", SEEN))
                .expectException(code("BAD_TEXT"));
    }

    @Test
    void classifiesReactionByThreshold() {
        article.given(discovered(BTC)).when(measure(BTC, 40_400, OVER)).expectEvents(measured(40_400, 1, Signal.BUY));
        article.given(discovered(BTC)).when(measure(BTC, 39_600, OVER)).expectEvents(measured(39_600, -1, Signal.SELL));
        article.given(discovered(BTC))
                .when(measure(BTC, 40_200, OVER))
                .expectEvents(measured(40_200, 0.5, Signal.HOLD));
    }

    @Test
    void measuresReactionOncePerSymbol() {
        article.given(discovered(BTC), measured(40_400, 1, Signal.BUY))
                .when(measure(BTC, 41_000, OVER.plusSeconds(60)))
                .expectNoEvents();
        article.given(discovered(BTC, ETH), measured(40_400, 1, Signal.BUY))
                .when(measure(ETH, 40_400, OVER))
                .expectEvents(new ArticleReactionMeasured(
                        ID, ETH, ReactionSpec.DEFAULT, new BigDecimal("40000"), 40_400, 720, 1, Signal.BUY, OVER));
    }

    @Test
    void refusesReactionBeforeItsWindowIsOver() {
        article.given(discovered(BTC))
                .when(measure(BTC, 40_400, OVER.minusMillis(1)))
                .expectException(code("WINDOW_OPEN"));
    }

    @Test
    void refusesReactionOfAMarketItIsNotAbout() {
        article.given(discovered(BTC)).when(measure(ETH, 40_400, OVER)).expectException(code("NOT_ABOUT"));
        article.givenNoPriorActivity().when(measure(BTC, 40_400, OVER)).expectException(code("NO_SUCH_ARTICLE"));
    }

    @Test
    void refusesImpossibleReactions() {
        article.given(discovered(BTC)).when(measure(BTC, Double.NaN, OVER)).expectException(code("BAD_REACTION"));
        article.given(discovered(BTC)).when(measure(BTC, 0, OVER)).expectException(code("BAD_REACTION"));
        article.given(discovered(BTC))
                .when(new MeasureArticleReaction(ID, BTC, ReactionSpec.DEFAULT, BigDecimal.ZERO, 1, 1, OVER))
                .expectException(code("BAD_REACTION"));
        for (int bars : new int[] {0, 721}) {
            article.given(discovered(BTC))
                    .when(new MeasureArticleReaction(ID, BTC, ReactionSpec.DEFAULT, BigDecimal.ONE, 1, bars, OVER))
                    .expectException(code("BAD_REACTION"));
        }
    }

    private static final VersionId FIRST_VERSION = VersionId.parse("trl:BTCUSDT:1");
    private static final VersionId SECOND_VERSION = VersionId.parse("trl:BTCUSDT:2");

    private static VersionScore score(VersionId version, double buy) {
        return new VersionScore(version, new ScorerSpec("onnxruntime", "1.29.0"), new Probabilities(0, 1 - buy, buy));
    }

    private static RecordArticleScores scores(int reading, Instant recordedAt, VersionScore... scores) {
        return new RecordArticleScores(ID, reading, List.of(scores), recordedAt);
    }

    private static ArticleScored scored(
            int reading, PredictionOrigin origin, Instant recordedAt, VersionScore... scores) {
        return new ArticleScored(ID, reading, List.of(scores), origin, SEEN, false, recordedAt);
    }

    @Test
    void recordsScoresOfAllVersionsInOneEvent() {
        article.given(discovered(BTC))
                .when(scores(0, SEEN, score(FIRST_VERSION, 0.5), score(SECOND_VERSION, 0.25)))
                .expectEvents(
                        scored(0, PredictionOrigin.LIVE, SEEN, score(FIRST_VERSION, 0.5), score(SECOND_VERSION, 0.25)))
                .expectResultMessagePayload(new PredictionsReceipt(2, 0));
    }

    @Test
    void keepsFirstScoreOfAVersion() {
        article.given(discovered(BTC), scored(0, PredictionOrigin.LIVE, SEEN, score(FIRST_VERSION, 0.5)))
                .when(scores(0, LATER, score(FIRST_VERSION, 0.9), score(SECOND_VERSION, 0.25)))
                .expectEvents(scored(0, PredictionOrigin.LATE, LATER, score(SECOND_VERSION, 0.25)))
                .expectResultMessagePayload(new PredictionsReceipt(1, 1));
        article.given(discovered(BTC), scored(0, PredictionOrigin.LIVE, SEEN, score(FIRST_VERSION, 0.5)))
                .when(scores(0, LATER, score(FIRST_VERSION, 0.9)))
                .expectNoEvents();
    }

    @Test
    void recordsScoreOfEachText() {
        article.given(
                        discovered(BTC),
                        scored(0, PredictionOrigin.LIVE, SEEN, score(FIRST_VERSION, 0.5)),
                        new ArticleContentFetched(ID, "It rose a lot.", LATER))
                .when(scores(1, LATER, score(FIRST_VERSION, 0.75)))
                .expectEvents(scored(1, PredictionOrigin.LIVE, LATER, score(FIRST_VERSION, 0.75)));
    }

    @Test
    void scoreIsLiveWithinTimeElseLate() {
        Instant last = SEEN.plus(ArticleScored.LIVE_WITHIN);
        article.given(discovered(BTC))
                .when(scores(0, last, score(FIRST_VERSION, 0.5)))
                .expectEvents(scored(0, PredictionOrigin.LIVE, last, score(FIRST_VERSION, 0.5)));
        article.given(discovered(BTC))
                .when(scores(0, last.plusMillis(1), score(FIRST_VERSION, 0.5)))
                .expectEvents(scored(0, PredictionOrigin.LATE, last.plusMillis(1), score(FIRST_VERSION, 0.5)));
    }

    @Test
    void refusesScoresBeforeTheTextIsKnownOrByModelsOfOtherMarkets() {
        article.given(discovered(BTC))
                .when(scores(0, SEEN.minusMillis(1), score(FIRST_VERSION, 0.5)))
                .expectException(code("READ_BEFORE_KNOWN"));
        article.given(discovered(BTC))
                .when(scores(1, SEEN, score(FIRST_VERSION, 0.5)))
                .expectException(code("BAD_READING"));
        article.given(discovered(BTC))
                .when(scores(0, SEEN, score(VersionId.parse("trl:ETHUSDT:1"), 0.5)))
                .expectException(code("NOT_ABOUT"));
        article.given(discovered(BTC))
                .when(scores(0, SEEN, score(FIRST_VERSION, 0.5), score(FIRST_VERSION, 0.6)))
                .expectException(code("BAD_VERSION"));
        article.given(discovered(BTC, ETH))
                .when(scores(0, SEEN, score(FIRST_VERSION, 0.5), score(VersionId.parse("trl:ETHUSDT:1"), 0.6)))
                .expectException(code("BAD_VERSION"));
        article.givenNoPriorActivity()
                .when(scores(0, SEEN, score(FIRST_VERSION, 0.5)))
                .expectException(code("NO_SUCH_ARTICLE"));
    }
}
