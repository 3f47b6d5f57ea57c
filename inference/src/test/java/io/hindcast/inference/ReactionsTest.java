package io.hindcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.prediction.Signal;
import io.hindcast.history.market.RandomWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ReactionsTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(12);
    private static final int HISTORY = 1_440;
    private static final Instant LIVE = minute(HISTORY);
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 2_000, 11);

    private TestPlatform platform;

    @BeforeEach
    void setUp() {
        platform = new TestPlatform(artifacts, true);
        platform.history(BARS.subList(0, HISTORY));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private static Instant minute(int bar) {
        return START.plusSeconds(60L * bar);
    }

    private void live(int from, int to) {
        for (int bar = from; bar < to; bar++) {
            platform.live(BARS.get(bar));
        }
    }

    /** Compares with a direct computation: bars that closed after publication and by the end of the window. */
    private static void assertRight(ArticleReactionMeasured measured, Instant published) {
        double base = Double.NaN;
        double sum = 0;
        int bars = 0;
        for (Candle bar : BARS) {
            Instant closed = bar.openTime().plusSeconds(60);
            if (!closed.isAfter(published)) {
                base = bar.close().doubleValue();
            } else if (!closed.isAfter(published.plus(WINDOW))) {
                sum += bar.close().doubleValue();
                bars++;
            }
        }
        double percent = 100 * (sum / bars - base) / base;
        assertThat(measured.baseClose().doubleValue()).isEqualTo(base);
        assertThat(measured.bars()).isEqualTo(bars);
        assertThat(measured.percent()).isCloseTo(percent, within(1e-9));
        assertThat(measured.signal())
                .isEqualTo(percent > 0.5 ? Signal.BUY : percent < -0.5 ? Signal.SELL : Signal.HOLD);
    }

    @Test
    void measuresReactionOnceWhenItsWindowIsOverInMarketTime() {
        platform.wentLive(LIVE);
        Instant published = minute(HISTORY + 9).plusSeconds(20);
        ArticleId id = platform.news.article("a", published, published.plusSeconds(5));
        platform.start();
        live(HISTORY, HISTORY + 729);
        platform.news.behind = 1;

        live(HISTORY + 729, HISTORY + 731);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !platform.news.measured().isEmpty());
        live(HISTORY + 731, HISTORY + 740);
        // A second article shows when the last bar has been handled.
        ArticleId next = platform.news.article("b", minute(HISTORY + 20), minute(HISTORY + 21));
        live(HISTORY + 740, HISTORY + 741);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> platform.news.measured().size() > 1);
        assertThat(platform.news.measured())
                .extracting(ArticleReactionMeasured::articleId)
                .containsExactly(id, next);
        ArticleReactionMeasured first = platform.news.measured().getFirst();
        assertRight(first, published);
        assertThat(first.bars()).isEqualTo(720);
        assertThat(first.measuredAt()).isAfterOrEqualTo(published.plus(WINDOW));
        assertRight(platform.news.measured().getLast(), minute(HISTORY + 20));
    }

    @Test
    void measuresWindowsThatEndedWhileStoppedOnceAfterTheNextStart() {
        platform.wentLive(LIVE);
        Instant published = minute(HISTORY + 3);
        platform.news.article("a", published, published.plusSeconds(5));
        platform.start();
        live(HISTORY, HISTORY + 100);
        platform.stop();
        live(HISTORY + 100, HISTORY + 900);

        platform.start();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !platform.news.measured().isEmpty());
        platform.stop();
        platform.news.behind = 1;
        platform.start();
        ArticleId marker = platform.news.article("b", minute(HISTORY + 5), minute(HISTORY + 6));
        live(HISTORY + 900, HISTORY + 901);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> platform.news.measured().getLast().articleId().equals(marker));
        assertThat(platform.news.measured()).hasSize(2);
        assertRight(platform.news.measured().getFirst(), published);
    }

    @Test
    void windowThatEndedBeforeTheMarketWentLiveCountsAsKnownAtItsEnd() {
        Instant published = minute(600).plusSeconds(30);
        platform.news.article("a", published, published);
        platform.wentLive(LIVE);
        platform.start();
        live(HISTORY, HISTORY + 1);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !platform.news.measured().isEmpty());
        assertThat(platform.news.measured().getFirst().measuredAt()).isEqualTo(published.plus(WINDOW));
        assertRight(platform.news.measured().getFirst(), published);
    }

    @Test
    void waitsForMissingBarsAndThenMeasuresWithoutThem() {
        platform.wentLive(LIVE);
        Instant published = minute(HISTORY + 3);
        platform.news.article("repaired", published, published.plusSeconds(5));
        Instant later = minute(HISTORY + 200);
        platform.news.article("never", later, later.plusSeconds(5));
        platform.start();
        live(HISTORY, HISTORY + 50);
        // Ten bars are missing at the end of the window and arrive within the grace period.
        live(HISTORY + 60, HISTORY + 740);
        for (int bar = HISTORY + 50; bar < HISTORY + 60; bar++) {
            platform.repair(0, BARS.get(bar));
        }
        live(HISTORY + 740, HISTORY + 742);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !platform.news.measured().isEmpty());
        assertThat(platform.news.measured().getFirst().bars()).isEqualTo(720);
        assertRight(platform.news.measured().getFirst(), published);

        // Those of the other window never arrive.
        live(HISTORY + 745, HISTORY + 985);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> platform.news.measured().size() == 2);
        assertThat(platform.news.measured().getLast().bars()).isEqualTo(717);
    }

    @Test
    void abandonsArticleThatCannotBeMeasuredAndMeasuresAllOthers() {
        platform.wentLive(LIVE);
        ArticleId poison = platform.news.article("poison", minute(HISTORY + 3), minute(HISTORY + 4));
        for (int i = 0; i < 4; i++) {
            platform.news.article("article " + i, minute(HISTORY + 5 + i), minute(HISTORY + 6 + i));
        }
        FaultyCommandBus failures = platform.start();
        failures.failAlways(payload -> payload instanceof MeasureArticleReaction command
                && command.articleId().equals(poison));
        live(HISTORY, HISTORY + 740);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> platform.news.measured().size() == 4);

        // FaultyCommandBus count against it beside articles that can be measured only.
        for (int i = 0; i < 3; i++) {
            platform.news.article("later " + i, minute(HISTORY + 20 + i), minute(HISTORY + 21 + i));
            live(HISTORY + 740 + 5 * i, HISTORY + 745 + 5 * i);
            int measured = 5 + i;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> platform.news.measured().size() == measured);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(platform.outages.losses())
                        .singleElement()
                        .satisfies(loss -> assertThat(loss.summary())
                                .contains(poison.toString())
                                .contains("never works")));
        live(HISTORY + 755, HISTORY + 756);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> platform.outages.current().isEmpty());
    }

    @Test
    void continuesAfterAnErrorOnItsThread() {
        platform.wentLive(LIVE);
        Instant published = minute(HISTORY + 3);
        platform.news.article("a", published, published.plusSeconds(5));
        FaultyCommandBus failures = platform.start();
        failures.failWithError(MeasureArticleReaction.class, 2);
        live(HISTORY, HISTORY + 730);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !platform.news.measured().isEmpty());
        assertRight(platform.news.measured().getFirst(), published);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> platform.outages.current().isEmpty());
    }
}
