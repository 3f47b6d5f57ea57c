package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.label.ArticleReactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ArticleSamplesTest {

    private static final long MINUTE = RandomMarket.MINUTE;
    private static final long MIDNIGHT = RandomMarket.MIDNIGHT;
    private static final long WINDOW = 720 * MINUTE;
    private static final List<Bar> BARS = RandomMarket.bars(MIDNIGHT, 12_000, 9);
    private static final ArticleReactions MARKET =
            new ArticleReactions(ArticleReactions.DEFAULT, RandomMarket.asHistory(BARS));

    /** Rows of two numbers: the lengths of title and body. */
    private static final ArticleSamples.TextRows LENGTHS = new ArticleSamples.TextRows() {
        @Override
        public FeatureSetRef source() {
            return new FeatureSetRef("lengths", "abc");
        }

        @Override
        public int maxTokens() {
            return 3;
        }

        @Override
        public int padId() {
            return 0;
        }

        @Override
        public int[] tokens(String title, String body) {
            return new int[] {1 + title.length(), 1 + body.length()};
        }
    };

    private static NewsArticle article(int minute, String title) {
        return new NewsArticle(title + minute, title, "", MIDNIGHT + minute * MINUTE);
    }

    private static ArticleSamples samples(List<NewsArticle> articles) {
        return ArticleSamples.of(articles, MARKET, LENGTHS);
    }

    @Test
    void aSampleHasTheTimeFirstSeenAndTheReactionFromPublication() {
        NewsArticle late = new NewsArticle("x", "abc", "de", MIDNIGHT + 60 * MINUTE, MIDNIGHT + 90 * MINUTE);
        ArticleSamples samples = samples(List.of(late, article(70, "t")));
        assertThat(samples.time(0)).isEqualTo(MIDNIGHT + 70 * MINUTE);
        assertThat(samples.time(1)).isEqualTo(MIDNIGHT + 90 * MINUTE);
        assertThat(samples.reaction(1)).isEqualTo(MARKET.to(late.publishedAt()).orElseThrow());
        double[] row = {9, 9, 9, 9};
        samples.read(1, row, 1);
        assertThat(row).containsExactly(9, 4, 3, 0);
    }

    @Test
    void leavesOutArticlesWithoutReactionOrSeenAfterIt() {
        NewsArticle history = new NewsArticle("x", "a", "", MIDNIGHT + 60 * MINUTE, MIDNIGHT + 60 * MINUTE + WINDOW);
        NewsArticle justBefore =
                new NewsArticle("y", "a", "", MIDNIGHT + 60 * MINUTE, MIDNIGHT + 60 * MINUTE + WINDOW - 1);
        ArticleSamples samples =
                samples(List.of(history, justBefore, article(0, "no bar before"), article(11_999, "not over")));
        assertThat(samples.rows()).isEqualTo(1);
        assertThat(samples.article(0)).isEqualTo(justBefore);
    }

    @Test
    void tradesAtTheFirstCloseAfterSeeingAndHoldsUntilTheNext() {
        ArticleSamples samples = samples(List.of(article(100, "a"), article(150, "b"), article(150, "c")));
        assertThat(samples.nextReturn(0))
                .isEqualTo(BARS.get(150).close() / BARS.get(100).close() - 1);
        assertThat(samples.nextReturn(1)).isZero();
        assertThat(samples.nextReturn(2))
                .isEqualTo(BARS.get(150 + 719).close() / BARS.get(150).close() - 1);
        assertThat(samples.previousReturn(0)).isNaN();
        assertThat(samples(List.of(article(800, "d"))).previousReturn(0))
                .isEqualTo(BARS.get(799).close() / BARS.get(79).close() - 1);
    }

    @Test
    void reactionsOfOnePartNeverReachIntoTheNext() {
        RandomGenerator random = RandomMarket.random(3);
        List<NewsArticle> articles = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            long published = MIDNIGHT + random.nextInt(1, 11_000) * MINUTE;
            articles.add(new NewsArticle("a" + i, "t", "", published, published + random.nextLong(WINDOW)));
        }
        ArticleSamples samples = samples(articles);
        Split split = ChronologicalSplitter.DEFAULT.split(samples);
        assertThat(lastReaction(samples, split.train())).isLessThan(firstPublication(samples, split.validation()));
        assertThat(lastReaction(samples, split.validation())).isLessThan(firstPublication(samples, split.test()));
    }

    private static long lastReaction(ArticleSamples samples, RowRange rows) {
        long last = 0;
        for (int row = rows.from(); row < rows.to(); row++) {
            last = Math.max(last, samples.article(row).publishedAt() + WINDOW);
        }
        return last;
    }

    private static long firstPublication(ArticleSamples samples, RowRange rows) {
        long first = Long.MAX_VALUE;
        for (int row = rows.from(); row < rows.to(); row++) {
            first = Math.min(first, samples.article(row).publishedAt());
        }
        return first;
    }

    @Test
    void theDigestDependsOnContentsNotOnOrder() {
        List<NewsArticle> articles = new ArrayList<>(List.of(article(100, "a"), article(150, "b"), article(150, "c")));
        String digest = samples(articles).digest();
        Collections.reverse(articles);
        assertThat(samples(articles).digest()).isEqualTo(digest);
        articles.set(0, article(150, "other"));
        assertThat(samples(articles).digest()).isNotEqualTo(digest);
        articles.set(0, article(151, "c"));
        assertThat(samples(articles).digest()).isNotEqualTo(digest);
    }

    @Test
    void rejectsADuplicateArticle() {
        assertThatThrownBy(() -> samples(List.of(article(100, "a"), article(100, "a"))))
                .hasMessageContaining("article a100 is there twice");
        assertThatThrownBy(() -> new NewsArticle("x", "", "", MIDNIGHT, MIDNIGHT - 1))
                .hasMessageContaining("expected not before its publication");
    }

    @Test
    void areEvaluatedLikeBars() {
        List<NewsArticle> articles = new ArrayList<>();
        for (int minute = 800; minute < 11_000; minute += 37) {
            articles.add(article(minute, "t"));
        }
        ArticleSamples samples = samples(articles);
        double[] certain = new double[samples.rows() * 3];
        for (int row = 0; row < samples.rows(); row++) {
            certain[row * 3 + samples.outcome(row).classIndex()] = 1;
        }
        RowRange all = new RowRange(0, samples.rows());
        var evaluation = Evaluator.evaluate(samples, all, all, certain, 0.001);
        assertThat(evaluation.accuracy()).isEqualTo(1);
        double held = BARS.get((int) ((samples.time(samples.rows() - 1) - MIDNIGHT) / MINUTE) + 719)
                        .close()
                / BARS.get(800).close();
        assertThat(evaluation.baselines().getLast().profitAfterFees())
                .isCloseTo(held * 0.999 * 0.999 - 1, org.assertj.core.api.Assertions.within(1e-9));
    }
}
