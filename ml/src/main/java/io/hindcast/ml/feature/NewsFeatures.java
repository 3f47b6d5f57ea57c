package io.hindcast.ml.feature;

import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.news.Sentiment.Score;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** News features of a moment, computed from article scores recorded in any order. Not thread-safe. */
final class NewsFeatures {

    static final List<Feature> FEATURES = List.of(
            new Feature(
                    "sentiment",
                    "mean of buy - sell over articles first seen in the 7 days before, weight 1/2 each 24 h since, missing if none",
                    0),
            new Feature("sentiment_total", "sum of weight * (buy - sell) over the same articles, missing if none", 0),
            new Feature("news", "ln(1 + sum of weights) over the same articles, missing if none", 0));

    private record Text(ArticleId article, int reading) {}

    private final Map<Text, Score> scores = new HashMap<>();
    private @Nullable Sentiment sentiment;
    /** Articles first seen at or before this moment affect no bar that is still requested. */
    private long forgottenUpTo = Long.MIN_VALUE;

    /** Records a score; returns false if it changes nothing, because the text already has a score or is too old. */
    boolean record(Score score) {
        if (score.firstSeen() <= forgottenUpTo
                || scores.putIfAbsent(new Text(score.articleId(), score.reading()), score) != null) {
            return false;
        }
        sentiment = null;
        return true;
    }

    /** Writes the features of a moment, epoch milliseconds, from index {@code at} on. */
    void read(long moment, double[] out, int at) {
        Sentiment folded = sentiment;
        if (folded == null) {
            folded = new Sentiment(scores.values());
            sentiment = folded;
        }
        Sentiment.Point point = folded.at(moment);
        boolean none = point.articles() == 0;
        out[at] = point.value();
        out[at + 1] = none ? Double.NaN : point.value() * point.weight();
        out[at + 2] = none ? Double.NaN : StrictMath.log1p(point.weight());
    }

    /** Discards the scores that no moment from this one on needs. */
    void forgetBefore(long moment) {
        forgottenUpTo = Math.max(forgottenUpTo, moment - Sentiment.WINDOW.toMillis());
        Set<ArticleId> needed = new HashSet<>();
        for (Score score : scores.values()) {
            if (score.firstSeen() > forgottenUpTo) {
                needed.add(score.articleId());
            }
        }
        if (scores.keySet().removeIf(text -> !needed.contains(text.article()))) {
            sentiment = null;
        }
    }
}
