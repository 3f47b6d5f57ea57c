package io.hindcast.command.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Decisions about an article as functions of its state, without Axon. */
class ArticleDecisionsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final ArticleUrl URL = new ArticleUrl("https://example.com/bitcoin-rises");
    private static final ArticleId ID = ArticleId.of(URL);
    private static final ArticleId OTHER = ArticleId.of(new ArticleUrl("https://example.com/other"));
    private static final Instant SEEN = Instant.parse("2022-02-01T09:00:00Z");
    private static final Instant LATER = SEEN.plusSeconds(1_800);
    private static final VersionId BTC_VERSION = VersionId.parse("trl:BTCUSDT:1");
    private static final VersionId ETH_VERSION = VersionId.parse("trl:ETHUSDT:1");

    private static DiscoverArticle found(List<Symbol> symbols, Instant seenAt) {
        return new DiscoverArticle(
                URL,
                "yahoo",
                "Example",
                symbols,
                "Bitcoin rises",
                "It rose.",
                PublishedTime.stated(SEEN.minusSeconds(60)),
                ArticleOrigin.LIVE,
                seenAt);
    }

    private static RecordArticleScores scores(VersionId version, Instant recordedAt) {
        VersionScore score = new VersionScore(version, new ScorerSpec("x", "1"), new Probabilities(0, 0.5, 0.5));
        return new RecordArticleScores(ID, 0, List.of(score), recordedAt);
    }

    private static ArticleState after(ArticleState state, List<? extends NewsEvent> events) {
        ArticleState next = state;
        for (NewsEvent event : events) {
            next = next.after(event);
        }
        return next;
    }

    private static ArticleState discovered(Optional<NearDuplicate> repeated) {
        return after(
                ArticleState.NONE, ArticleDecisions.decide(ArticleState.NONE, found(List.of(BTC), SEEN), repeated));
    }

    @Test
    void discoversOnceAndThenAddsOnlyNewSymbols() {
        ArticleState state = discovered(Optional.empty());

        assertThat(ArticleDecisions.decide(state, found(List.of(BTC), LATER), Optional.empty()))
                .isEmpty();
        assertThat(ArticleDecisions.decide(state, found(List.of(ETH, BTC), LATER), Optional.empty()))
                .containsExactly(new ArticleSymbolsAdded(ID, "yahoo", List.of(ETH), LATER));
    }

    @Test
    void leavesTheGivenStateUnchanged() {
        ArticleState state = discovered(Optional.empty());
        List<ArticleScored> events = ArticleDecisions.decide(state, scores(BTC_VERSION, LATER));
        ArticleState next = after(state, events);

        assertThat(ArticleDecisions.decide(state, scores(BTC_VERSION, LATER))).isEqualTo(events);
        assertThat(ArticleDecisions.decide(next, scores(BTC_VERSION, LATER))).isEmpty();
    }

    @Test
    void scoresCarryWhenTheArticleWasKnownToBeAboutTheirSymbol() {
        ArticleState state = discovered(Optional.empty());
        ArticleState both = after(state, ArticleDecisions.decide(state, found(List.of(ETH), LATER), Optional.empty()));

        assertThat(ArticleDecisions.decide(both, scores(BTC_VERSION, LATER)))
                .singleElement()
                .satisfies(event -> assertThat(event.firstSeen()).isEqualTo(SEEN))
                .satisfies(event -> assertThat(event.origin()).isEqualTo(PredictionOrigin.LATE));
        assertThat(ArticleDecisions.decide(both, scores(ETH_VERSION, LATER)))
                .singleElement()
                .satisfies(event -> assertThat(event.firstSeen()).isEqualTo(LATER));
    }

    @Test
    void scoresCarryWhetherTheArticleRepeatsAnother() {
        assertThat(ArticleDecisions.decide(discovered(Optional.empty()), scores(BTC_VERSION, SEEN)))
                .extracting(ArticleScored::repeats)
                .containsExactly(false);
        assertThat(ArticleDecisions.decide(
                        discovered(Optional.of(new NearDuplicate(OTHER, 0.8))), scores(BTC_VERSION, SEEN)))
                .extracting(ArticleScored::repeats)
                .containsExactly(true);
    }

    @Test
    void refusesCommandsAboutAnArticleThatWasNeverDiscovered() {
        assertThatThrownBy(() -> ArticleDecisions.decide(
                        ArticleState.NONE, new RecordArticleContent(ID, "It rose a lot.", LATER)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("NO_SUCH_ARTICLE");
        assertThatThrownBy(() -> ArticleDecisions.decide(ArticleState.NONE, scores(BTC_VERSION, LATER)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("NO_SUCH_ARTICLE");
    }

    @Test
    void discoveryIsAFunctionOfTheCommandAndTheRepeatedHeadline() {
        NearDuplicate repeated = new NearDuplicate(OTHER, 0.8);

        assertThat(ArticleDecisions.decide(ArticleState.NONE, found(List.of(ETH, BTC), SEEN), Optional.of(repeated)))
                .singleElement()
                .isInstanceOfSatisfying(ArticleDiscovered.class, event -> {
                    assertThat(event.symbols()).containsExactly(BTC, ETH);
                    assertThat(event.duplicateOf()).contains(repeated);
                });
    }
}
