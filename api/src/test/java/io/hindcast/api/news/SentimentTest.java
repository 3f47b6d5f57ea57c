package io.hindcast.api.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.news.Sentiment.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SentimentTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    private static ArticleId article(int number) {
        return ArticleId.of(new ArticleUrl("https://example.com/" + number));
    }

    private static Score score(int number, long firstSeen, double value) {
        return new Score(article(number), 0, firstSeen, firstSeen, value);
    }

    @Test
    void halvesWeightOfAnArticleEachDay() {
        Sentiment sentiment = new Sentiment(List.of(score(1, 0, 1), score(2, DAY, -1)));

        assertThat(sentiment.at(DAY - 1))
                .isEqualTo(new Sentiment.Point(1, StrictMath.exp(-StrictMath.log(2) / DAY * (DAY - 1)), 1));
        Sentiment.Point both = sentiment.at(DAY);
        assertThat(both.value()).isCloseTo((0.5 - 1) / 1.5, within(1e-12));
        assertThat(both.weight()).isCloseTo(1.5, within(1e-12));
        assertThat(both.articles()).isEqualTo(2);
        assertThat(sentiment.at(5 * DAY).value()).isCloseTo((0.5 - 1) / 1.5, within(1e-12));
    }

    @Test
    void ignoresArticlesAfterAWeek() {
        Sentiment sentiment = new Sentiment(List.of(score(1, 0, 1)));

        assertThat(sentiment.at(7 * DAY - 1).articles()).isEqualTo(1);
        assertThat(sentiment.at(7 * DAY).articles()).isZero();
        assertThat(sentiment.at(7 * DAY).value()).isNaN();
        assertThat(sentiment.at(-1).value()).isNaN();
    }

    @Test
    void correctedTextReplacesTheEarlierOneFromThenOn() {
        Sentiment sentiment = new Sentiment(
                List.of(new Score(article(1), 1, 0, 2 * HOUR, -0.5), new Score(article(1), 0, 0, 0, 0.5)));

        assertThat(sentiment.at(2 * HOUR - 1).value()).isEqualTo(0.5);
        assertThat(sentiment.at(2 * HOUR).value()).isEqualTo(-0.5);
        assertThat(sentiment.at(2 * HOUR).articles()).isEqualTo(1);
    }

    @Test
    void lateScoreOfAnOlderTextReplacesNothing() {
        Sentiment sentiment = new Sentiment(List.of(
                new Score(article(1), 1, 0, HOUR, -0.5),
                new Score(article(1), 0, 0, 2 * HOUR, 0.5),
                new Score(article(1), 2, 0, 3 * HOUR, 0.25)));

        assertThat(sentiment.at(2 * HOUR).value()).isEqualTo(-0.5);
        assertThat(sentiment.at(2 * HOUR).articles()).isEqualTo(1);
        assertThat(sentiment.at(3 * HOUR).value()).isEqualTo(0.25);
        assertThat(sentiment.at(3 * HOUR).articles()).isEqualTo(1);
    }

    @Test
    void laterScoresChangeNoEarlierValue() {
        SplittableRandom random = new SplittableRandom(3);
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            scores.add(score(i, random.nextLong(30 * DAY), random.nextDouble() * 2 - 1));
        }
        Sentiment all = new Sentiment(scores);
        for (long time = 0; time < 31 * DAY; time += 7 * HOUR) {
            long now = time;
            Sentiment.Point then = new Sentiment(scores.stream()
                            .filter(score -> score.from() <= now)
                            .toList()
                            .reversed())
                    .at(now);
            assertThat(all.at(now)).as("at %d", now).isEqualTo(then);
        }
    }
}
