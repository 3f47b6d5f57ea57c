package io.hindcast.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreEffectsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final ArticleId ID = ArticleId.of(new ArticleUrl("https://example.com/bitcoin-rises"));
    private static final Instant SEEN = Instant.parse("2022-02-01T09:00:00Z");
    private static final long BAR = SEEN.plusSeconds(60).toEpochMilli();

    private static ArticleScored scored(int reading, PredictionOrigin origin, boolean repeats, Instant recordedAt) {
        ScorerSpec scorer = new ScorerSpec("x", "1");
        return new ArticleScored(
                ID,
                reading,
                List.of(
                        new VersionScore(VersionId.parse("trl:BTCUSDT:2"), scorer, new Probabilities(0, 0.5, 0.5)),
                        new VersionScore(VersionId.parse("trl:BTCUSDT:1"), scorer, new Probabilities(1, 0, 0))),
                origin,
                SEEN,
                repeats,
                recordedAt);
    }

    private static ArticleScored scored(Instant recordedAt) {
        return scored(0, PredictionOrigin.LIVE, false, recordedAt);
    }

    private static ScoreEffects effects() {
        return new ScoreEffects(BTC, List.of(), Long.MIN_VALUE);
    }

    @Test
    void takesEffectAfterEveryBarThatMayHaveBeenScoredWithoutIt() {
        assertThat(effects().decide(List.of(scored(SEEN)), BAR))
                .extracting(ApplyScore::from)
                .containsExactly(Instant.ofEpochMilli(BAR + 1));
        assertThat(new ScoreEffects(BTC, List.of(), BAR + 5).decide(List.of(scored(SEEN)), BAR))
                .extracting(ApplyScore::from)
                .containsExactly(Instant.ofEpochMilli(BAR + 6));
    }

    @Test
    void neverTakesEffectBeforeItWasRecorded() {
        Instant recordedAt = Instant.ofEpochMilli(BAR + 5_000).plusNanos(1);

        assertThat(effects().decide(List.of(scored(recordedAt)), BAR))
                .extracting(ApplyScore::from)
                .containsExactly(Instant.ofEpochMilli(BAR + 5_001));
    }

    @Test
    void belongsToTheDayInWhichItTakesEffect() {
        long lastBar = Instant.parse("2022-02-01T23:59:59.999Z").toEpochMilli();

        assertThat(effects().decide(List.of(scored(SEEN)), lastBar))
                .extracting(ApplyScore::sentimentDay)
                .containsExactly(SentimentDayId.parse("sentiment:BTCUSDT:2022-02-02"));
    }

    @Test
    void countsTheScoreOfTheNewestVersion() {
        assertThat(effects().decide(List.of(scored(SEEN)), BAR))
                .singleElement()
                .satisfies(command -> assertThat(command.version().number()).isEqualTo(2))
                .satisfies(command -> assertThat(command.value()).isEqualTo(0.5));
    }

    @Test
    void eachTextTakesEffectOnce() {
        ScoreEffects effects = effects();
        List<ApplyScore> first = effects.decide(List.of(scored(SEEN), scored(SEEN.plusSeconds(1))), BAR);
        first.forEach(effects::applied);

        assertThat(first).hasSize(1);
        assertThat(effects.decide(List.of(scored(SEEN.plusSeconds(2))), BAR)).isEmpty();
        assertThat(effects.decide(List.of(scored(1, PredictionOrigin.LATE, false, SEEN.plusSeconds(2))), BAR))
                .hasSize(1);
    }

    @Test
    void aDecisionThatWasNotAppliedIsMadeAgain() {
        ScoreEffects effects = effects();
        List<ApplyScore> first = effects.decide(List.of(scored(SEEN)), BAR);

        assertThat(effects.decide(List.of(scored(SEEN)), BAR)).isEqualTo(first);
    }

    @Test
    void ignoresRepeatedNewsAndScoresMadeWithHindsight() {
        List<ArticleScored> events = List.of(
                scored(0, PredictionOrigin.LIVE, true, SEEN), scored(1, PredictionOrigin.RECONCILED, false, SEEN));

        assertThat(effects().decide(events, BAR)).isEmpty();
        assertThat(events).noneMatch(ScoreEffects::isEligible);
    }
}
