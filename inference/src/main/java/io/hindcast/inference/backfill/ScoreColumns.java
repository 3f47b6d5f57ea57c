package io.hindcast.inference.backfill;

import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.Probabilities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects scores of texts as columns. */
final class ScoreColumns {

    private final List<ArticleId> article = new ArrayList<>();
    private final List<Integer> reading = new ArrayList<>();
    private final List<Instant> firstSeen = new ArrayList<>();
    private final List<Instant> knownAt = new ArrayList<>();
    private final List<Boolean> repeats = new ArrayList<>();
    private final List<Double> sell = new ArrayList<>();
    private final List<Double> hold = new ArrayList<>();
    private final List<Double> buy = new ArrayList<>();

    /**
     * Adds a score.
     *
     * @param out the probabilities of SELL, HOLD and BUY
     * @throws IllegalArgumentException if they are not a probability distribution; nothing is added
     */
    void add(TextId text, Instant about, Instant known, boolean repeated, double[] out) {
        Probabilities probabilities = new Probabilities(out[0], out[1], out[2]);
        article.add(text.article());
        reading.add(text.reading());
        firstSeen.add(about);
        knownAt.add(known);
        repeats.add(repeated);
        sell.add(probabilities.sell());
        hold.add(probabilities.hold());
        buy.add(probabilities.buy());
    }

    boolean isEmpty() {
        return article.isEmpty();
    }

    BackfilledScores scores() {
        return new BackfilledScores(article, reading, firstSeen, knownAt, repeats, sell, hold, buy);
    }
}
