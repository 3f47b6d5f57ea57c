package io.hindcast.simulator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.prediction.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticNewsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate ORIGIN = LocalDate.of(2024, 1, 1);

    private static SyntheticNews news(long seed) {
        return new SyntheticNews(new SyntheticTape(BTC, 1, ORIGIN), seed);
    }

    private static int tone(SyntheticArticle article) {
        for (int tone = 0; tone < 3; tone++) {
            for (String phrase : NewsVocabulary.TONES[tone]) {
                if (article.title().contains(String.format(phrase, "BTC"))) {
                    return tone;
                }
            }
        }
        throw new AssertionError(article.title());
    }

    /** Returns the reaction by its definition, bar by bar. */
    private static double reactionPercent(SyntheticTape tape, Instant published) {
        Duration bar = Duration.ofMinutes(1);
        Instant open = Instant.ofEpochSecond(Math.floorDiv(published.getEpochSecond(), 60) * 60);
        double base = close(tape, open.minus(bar));
        double sum = 0;
        int bars = 0;
        for (Instant at = open; !at.plus(bar).isAfter(published.plus(Duration.ofHours(12))); at = at.plus(bar)) {
            if (at.plus(bar).isAfter(published)) {
                sum += close(tape, at);
                bars++;
            }
        }
        assertThat(bars).isEqualTo(720);
        return 100 * (sum / bars - base) / base;
    }

    private static double close(SyntheticTape tape, Instant open) {
        return tape.at(open).map(Candle::close).orElseThrow().doubleValue();
    }

    @Test
    void dependsOnTheSeedOnlyNotOnTheOrderOfRequests() {
        SyntheticNews forward = news(1);
        SyntheticNews backward = news(1);
        List<List<SyntheticArticle>> days = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            days.add(forward.day(ORIGIN.plusDays(day)));
        }
        for (int day = 39; day >= 0; day--) {
            assertThat(backward.day(ORIGIN.plusDays(day))).isEqualTo(days.get(day));
        }
        assertThat(news(2).day(ORIGIN)).isNotEqualTo(days.getFirst());
    }

    @Test
    void staysTheSameForASeedForEver() {
        assertThat(news(1).day(ORIGIN.plusDays(40)).get(7))
                .hasToString(
                        "SyntheticArticle[published=2024-02-10T05:51:20Z, url=https://synthetic.invalid/btcusdt/2024-02-10/07-monsoon-labs-turns-bullish-on-btc-on-payment-network-growth, source=Synt"
                                + "hetic Wire, symbol=BTCUSDT, title=Monsoon Labs turns bullish on BTC on payment network growth, summary=Chances point up, it adds. A spokesperson declined to comment.]");
    }

    @Test
    void listsArticlesOfADayInOrderWithUniqueAddresses() {
        Set<String> urls = new HashSet<>();
        int count = 0;
        for (int i = 0; i < 60; i++) {
            LocalDate day = ORIGIN.plusDays(i);
            List<SyntheticArticle> articles = news(1).day(day);
            assertThat(articles)
                    .hasSizeBetween(16, 32)
                    .isSortedAccordingTo((a, b) -> a.published().compareTo(b.published()));
            assertThat(articles)
                    .allMatch(article -> article.published().toString().startsWith(day.toString())
                            && article.url().host().equals("synthetic.invalid"));
            articles.forEach(article -> urls.add(article.url().value()));
            count += articles.size();
        }
        assertThat(urls).hasSize(count);
    }

    @Test
    void slightlyPredictsTheMarket() {
        SyntheticTape tape = new SyntheticTape(BTC, 1, ORIGIN);
        SyntheticNews news = new SyntheticNews(tape, 1);
        int[][] table = new int[3][3];
        for (int day = 0; day < 150; day++) {
            for (SyntheticArticle article : news.day(ORIGIN.plusDays(day))) {
                Signal came = ReactionSpec.DEFAULT.signal(reactionPercent(tape, article.published()));
                table[tone(article)][List.of(Signal.values()).indexOf(came)]++;
            }
        }
        // Each tone precedes its own reaction more often than that reaction occurs overall, but far from always.
        for (int tone : new int[] {0, 2}) {
            double said = (double) table[tone][tone] / (table[tone][0] + table[tone][1] + table[tone][2]);
            double anyway = 0;
            double all = 0;
            for (int other = 0; other < 3; other++) {
                anyway += table[other][tone];
                all += table[other][0] + table[other][1] + table[other][2];
            }
            assertThat(said).isBetween(anyway / all + 0.08, 0.75);
        }
    }

    @Test
    void isMarkedAsSynthetic() {
        assertThat(news(7).channel()).isEqualTo("synthetic:btcusdt:1:7");
        assertThat(news(7).description()).contains("generated", "seed 7");
        assertThat(news(7).day(ORIGIN.minusDays(2))).isEmpty();
    }
}
