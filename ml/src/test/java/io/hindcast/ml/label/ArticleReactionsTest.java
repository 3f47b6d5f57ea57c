package io.hindcast.ml.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.RealCandles;
import io.hindcast.ml.RealNews;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.trl.NewsArticle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ArticleReactionsTest {

    private static final long MINUTE = RandomMarket.MINUTE;
    private static final long MIDNIGHT = RandomMarket.MIDNIGHT;
    private static final int WINDOW = 720;

    @Test
    void comparesTheMeanOfTheWindowWithTheLastCloseBeforePublication() {
        ArticleReactions reactions = new ArticleReactions(new LabelSpec(3, 0.5), bars(100, 101, 102, 104, 90));
        ArticleReaction reaction = reactions.to(MIDNIGHT + MINUTE).orElseThrow();
        assertThat(reaction.base()).isEqualTo(100);
        assertThat(reaction.mean()).isEqualTo((101.0 + 102 + 104) / 3);
        assertThat(reaction.changePercent()).isEqualTo(100 * (reaction.mean() - 100) / 100);
        assertThat(reaction.signal()).isEqualTo(Signal.BUY);
        assertThat(reaction.bars()).isEqualTo(3);
    }

    @Test
    void theOpenBarAtPublicationBelongsToTheWindow() {
        ArticleReactions reactions = new ArticleReactions(new LabelSpec(3, 0.5), bars(100, 101, 102, 104, 90));
        assertThat(reactions.to(MIDNIGHT + MINUTE + 1)).isEqualTo(reactions.to(MIDNIGHT + MINUTE));
        assertThat(reactions.to(MIDNIGHT + 2 * MINUTE - 1).orElseThrow().base()).isEqualTo(100);
        assertThat(reactions.to(MIDNIGHT + 2 * MINUTE).orElseThrow().base()).isEqualTo(101);
    }

    @Test
    void aChangeEqualToTheThresholdIsHold() {
        LabelSpec label = new LabelSpec(1, 1);
        assertThat(signal(label, 100, 101)).isEqualTo(Signal.HOLD);
        assertThat(signal(label, 100, 101.01)).isEqualTo(Signal.BUY);
        assertThat(signal(label, 100, 99)).isEqualTo(Signal.HOLD);
        assertThat(signal(label, 100, 98.99)).isEqualTo(Signal.SELL);
    }

    private static Signal signal(LabelSpec label, double base, double later) {
        return new ArticleReactions(label, bars(base, later))
                .to(MIDNIGHT + MINUTE)
                .orElseThrow()
                .signal();
    }

    @Test
    void thereIsNoReactionBeforeTheEndOfTheWindow() {
        ArticleReactions reactions = new ArticleReactions(new LabelSpec(3, 0.5), bars(100, 101, 102, 104, 90));
        assertThat(reactions.to(MIDNIGHT + 2 * MINUTE)).isPresent();
        assertThat(reactions.to(MIDNIGHT + 2 * MINUTE + 1)).isEmpty();
    }

    @Test
    void thereIsNoReactionWithoutACloseBeforePublication() {
        ArticleReactions reactions = new ArticleReactions(new LabelSpec(3, 0.5), bars(100, 101, 102, 104, 90));
        assertThat(reactions.to(MIDNIGHT + MINUTE - 1)).isEmpty();
        assertThat(new ArticleReactions(new LabelSpec(3, 0.5), List.of()).to(MIDNIGHT))
                .isEmpty();
    }

    @Test
    void toleratesOneInTwentyMissingBars() {
        List<KnownBar> all = RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 1_000, 5));
        long published = MIDNIGHT + 100 * MINUTE;
        assertThat(missing(all, 100, 136).to(published).orElseThrow().bars()).isEqualTo(WINDOW - 36);
        assertThat(missing(all, 100, 137).to(published)).isEmpty();
        assertThat(missing(all, 90, 126).to(published).orElseThrow().base())
                .isEqualTo(all.get(89).bar().close());
        assertThat(missing(all, 89, 126).to(published)).isEmpty();
    }

    private static ArticleReactions missing(List<KnownBar> all, int from, int to) {
        List<KnownBar> some = new ArrayList<>(all);
        some.subList(from, to).clear();
        return new ArticleReactions(ArticleReactions.DEFAULT, some);
    }

    @Test
    void usesTheHighestRevisionOfABar() {
        List<KnownBar> bars = new ArrayList<>(bars(100, 101));
        bars.addFirst(new KnownBar(bar(1, 90), 1, MIDNIGHT + 9 * MINUTE));
        assertThat(new ArticleReactions(new LabelSpec(1, 0.5), bars)
                        .to(MIDNIGHT + MINUTE)
                        .orElseThrow()
                        .mean())
                .isEqualTo(90);
    }

    @Test
    void matchesAComputationInWholeCents() {
        List<Bar> bars = new ArrayList<>(RandomMarket.bars(MIDNIGHT, 6_000, 11));
        bars.subList(2_000, 2_020).clear();
        bars.subList(3_500, 3_580).clear();
        RandomGenerator random = RandomMarket.random(4);
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            moments.add(MIDNIGHT + random.nextLong(6_000 * MINUTE) / 1_000 * 1_000);
        }
        assertThat(compare(bars, moments)).isBetween(2_000, 2_800);
    }

    @Test
    void matchesItForAYearOfRealCandles() {
        List<Bar> bars =
                RealCandles.btcusdt(Instant.parse("2022-01-01T00:00:00Z"), Instant.parse("2022-08-01T00:00:00Z"));
        List<Long> moments = RealNews.articles().stream()
                .map(NewsArticle::publishedAt)
                .filter(at -> at >= bars.getFirst().openTime())
                .toList();
        assertThat(moments).hasSize(7_121);
        assertThat(compare(bars, moments)).isGreaterThan(7_100);
    }

    /** Compares, and returns how many moments have a reaction. */
    private static int compare(List<Bar> bars, List<Long> moments) {
        ArticleReactions reactions = new ArticleReactions(ArticleReactions.DEFAULT, RandomMarket.asHistory(bars));
        Map<Long, Long> cents = new HashMap<>();
        bars.forEach(bar -> cents.put(bar.openTime(), Math.round(bar.close() * 100)));
        long end = bars.getLast().openTime() + MINUTE;
        int measured = 0;
        for (long moment : moments) {
            Optional<ArticleReaction> actual = reactions.to(moment);
            Optional<ArticleReaction> expected = straightforward(cents, moment, end);
            assertThat(actual).as("reaction at " + Instant.ofEpochMilli(moment)).isEqualTo(expected);
            measured += actual.isPresent() ? 1 : 0;
        }
        return measured;
    }

    private static Optional<ArticleReaction> straightforward(Map<Long, Long> cents, long published, long end) {
        long minute = Math.floorDiv(published, MINUTE) * MINUTE;
        long sum = 0;
        int bars = 0;
        for (int i = 0; i < WINDOW; i++) {
            Long close = cents.get(minute + i * MINUTE);
            sum += close == null ? 0 : close;
            bars += close == null ? 0 : 1;
        }
        int back = 1;
        while (back <= 37 && !cents.containsKey(minute - back * MINUTE)) {
            back++;
        }
        Long base = cents.get(minute - back * MINUTE);
        if (base == null || published + WINDOW * MINUTE > end || WINDOW - bars + back - 1 > 36) {
            return Optional.empty();
        }
        double mean = BigDecimal.valueOf(sum)
                .divide(BigDecimal.valueOf(100L * bars), new MathContext(40))
                .doubleValue();
        double percent = 100 * (mean - base / 100.0) / (base / 100.0);
        Signal signal = percent > 0.5 ? Signal.BUY : percent < -0.5 ? Signal.SELL : Signal.HOLD;
        return Optional.of(new ArticleReaction(base / 100.0, mean, bars, percent, signal));
    }

    private static List<KnownBar> bars(double... closes) {
        List<KnownBar> bars = new ArrayList<>();
        for (int i = 0; i < closes.length; i++) {
            bars.add(new KnownBar(bar(i, closes[i]), 0, MIDNIGHT + (i + 1) * MINUTE));
        }
        return bars;
    }

    private static Bar bar(int minute, double close) {
        return new Bar(MIDNIGHT + minute * MINUTE, close, close, close, close, 1, close, 1, 1, close);
    }
}
