package io.hindcast.command.news;

import static io.hindcast.command.RefusedWith.code;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class SentimentDayTest {

    private static final SentimentDayId DAY = SentimentDayId.parse("sentiment:BTCUSDT:2022-02-01");
    private static final ArticleId ID = ArticleId.of(new ArticleUrl("https://example.com/bitcoin-rises"));
    private static final VersionId VERSION = VersionId.parse("trl:BTCUSDT:1");
    private static final Instant SEEN = Instant.parse("2022-02-01T09:00:00Z");
    private static final Instant FROM = Instant.parse("2022-02-01T09:01:00.001Z");

    private final FixtureConfiguration<SentimentDay> day = new AggregateTestFixture<>(SentimentDay.class);

    private static ApplyScore applyScore(int reading, String version, Instant from, double value) {
        return new ApplyScore(DAY, ID, reading, VersionId.parse(version), SEEN, from, value);
    }

    private static ApplyScore applyScore(int reading, double value) {
        return applyScore(reading, VERSION.toString(), FROM, value);
    }

    private static ScoreTookEffect tookEffect(int reading, double value) {
        return new ScoreTookEffect(DAY, ID, reading, VERSION, SEEN, FROM, value);
    }

    @Test
    void letsAScoreTakeEffect() {
        day.givenNoPriorActivity()
                .when(applyScore(0, 0.25))
                .expectEvents(tookEffect(0, 0.25))
                .expectResultMessagePayload(true);
    }

    @Test
    void keepsTheFirstScoreOfAText() {
        day.given(tookEffect(0, 0.25))
                .when(applyScore(0, "trl:BTCUSDT:2", FROM.plusSeconds(60), -0.75))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void letsAnotherTextOfTheArticleTakeEffect() {
        day.given(tookEffect(0, 0.25)).when(applyScore(1, -0.5)).expectEvents(tookEffect(1, -0.5));
    }

    @Test
    void refusesImpossibleScores() {
        refuses(applyScore(0, VERSION.toString(), Instant.parse("2022-02-02T00:00:00Z"), 0), "OTHER_DAY");
        refuses(applyScore(0, "trl:ETHUSDT:1", FROM, 0), "BAD_VERSION");
        refuses(applyScore(0, "tst:BTCUSDT:1", FROM, 0), "BAD_VERSION");
        refuses(applyScore(-1, 0), "BAD_READING");
        refuses(applyScore(0, 1.001), "BAD_SCORE");
        refuses(applyScore(0, Double.NaN), "BAD_SCORE");
        refuses(applyScore(0, VERSION.toString(), SEEN.minusMillis(1), 0), "EFFECT_BEFORE_SEEN");
    }

    private void refuses(ApplyScore command, String code) {
        new AggregateTestFixture<>(SentimentDay.class)
                .givenNoPriorActivity()
                .when(command)
                .expectNoEvents()
                .expectException(code(code));
    }
}
