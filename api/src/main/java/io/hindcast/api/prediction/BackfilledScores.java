package io.hindcast.api.prediction;

import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.TextId;
import java.time.Instant;
import java.util.List;

/**
 * One version's scores of texts that became known on one UTC day, as columns of equal length.
 *
 * @param article the article
 * @param reading number of its text, see {@link io.hindcast.api.news.ArticleScored}
 * @param firstSeen moment from which the article was known to be about the version's symbol
 * @param knownAt moment from which the text was known, not before {@code firstSeen}
 * @param repeats whether the article repeats the news of another one
 * @param sell the probability of SELL
 * @param hold the probability of HOLD
 * @param buy the probability of BUY
 */
public record BackfilledScores(
        List<ArticleId> article,
        List<Integer> reading,
        List<Instant> firstSeen,
        List<Instant> knownAt,
        List<Boolean> repeats,
        List<Double> sell,
        List<Double> hold,
        List<Double> buy) {

    public BackfilledScores {
        article = List.copyOf(article);
        reading = List.copyOf(reading);
        firstSeen = List.copyOf(firstSeen);
        knownAt = List.copyOf(knownAt);
        repeats = List.copyOf(repeats);
        sell = List.copyOf(sell);
        hold = List.copyOf(hold);
        buy = List.copyOf(buy);
        for (List<?> column : List.<List<?>>of(reading, firstSeen, knownAt, repeats, sell, hold, buy)) {
            if (column.size() != article.size()) {
                throw new IllegalArgumentException(
                        "a column of scores has " + column.size() + " rows, article has " + article.size());
            }
        }
    }

    public int size() {
        return article.size();
    }

    public TextId text(int row) {
        return new TextId(article.get(row), reading.get(row));
    }

    public Probabilities probabilities(int row) {
        return new Probabilities(sell.get(row), hold.get(row), buy.get(row));
    }

    /**
     * Returns some rows.
     *
     * @param rows in ascending order, none twice
     */
    public BackfilledScores select(List<Integer> rows) {
        return rows.size() == size()
                ? this
                : new BackfilledScores(
                        at(rows, article),
                        at(rows, reading),
                        at(rows, firstSeen),
                        at(rows, knownAt),
                        at(rows, repeats),
                        at(rows, sell),
                        at(rows, hold),
                        at(rows, buy));
    }

    private static <T> List<T> at(List<Integer> rows, List<T> column) {
        return rows.stream().map(column::get).toList();
    }
}
