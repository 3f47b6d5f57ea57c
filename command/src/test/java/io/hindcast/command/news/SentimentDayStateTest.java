package io.hindcast.command.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions about a day's sentiment as functions of its state, without Axon. */
class SentimentDayStateTest {

    private static final SentimentDayId DAY = SentimentDayId.parse("sentiment:BTCUSDT:2022-02-01");
    private static final Instant SEEN = Instant.parse("2022-02-01T09:00:00Z");

    private static ApplyScore apply(int reading, double value) {
        return new ApplyScore(
                DAY,
                ArticleId.of(new ArticleUrl("https://example.com/a")),
                reading,
                VersionId.parse("trl:BTCUSDT:1"),
                SEEN,
                SEEN.plusSeconds(1),
                value);
    }

    @Test
    void letsTheFirstScoreOfATextTakeEffectAndNoOther() {
        List<ScoreTookEffect> first = SentimentDayState.NONE.decide(apply(0, 0.25));
        SentimentDayState state = SentimentDayState.NONE.after(first.getFirst());

        assertThat(first).extracting(ScoreTookEffect::value).containsExactly(0.25);
        assertThat(state.decide(apply(0, -0.75))).isEmpty();
        assertThat(state.decide(apply(1, -0.75))).hasSize(1);
        assertThat(SentimentDayState.NONE.decide(apply(0, -0.75))).hasSize(1);
    }

    @Test
    void refusesAScoreOutOfRange() {
        assertThatThrownBy(() -> SentimentDayState.NONE.decide(apply(0, 1.5)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("BAD_SCORE");
    }
}
