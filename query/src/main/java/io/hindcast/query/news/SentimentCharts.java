package io.hindcast.query.news;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.query.ChartBuckets;
import io.hindcast.query.model.LiveVersion;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sentiment charts: the sentiment at the start of each bucket, computed from the scores known by then. Buckets without
 * a score are left out.
 */
final class SentimentCharts {

    private final ReadModelReader readModel;

    SentimentCharts(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    List<SentimentSeries> series(FindSentiment query) {
        ChartBuckets buckets = ChartBuckets.of(query.from(), query.to(), query.maxPoints());
        return readModel.read(
                query.asOf(),
                tables -> LiveVersion.of(tables, query.symbol()).stream()
                        .filter(live -> live.version().model().family() == ModelFamily.TRL)
                        .map(live -> series(tables, live, buckets))
                        .toList());
    }

    private static SentimentSeries series(TableReader tables, LiveVersion live, ChartBuckets buckets) {
        Sentiment sentiment = sentiment(tables, live.version(), buckets);
        int most = Math.toIntExact((buckets.to() - buckets.from()) / buckets.seconds());
        long[] time = new long[most];
        double[] value = new double[most];
        int[] articles = new int[most];
        int size = 0;
        for (long at = buckets.from(); at < buckets.to(); at += buckets.seconds()) {
            Sentiment.Point point = sentiment.at(at * 1000);
            if (point.articles() > 0) {
                time[size] = at;
                value[size] = point.value();
                articles[size++] = point.articles();
            }
        }
        return new SentimentSeries(
                live.version(),
                Optional.of(live.slot()),
                buckets.seconds(),
                Arrays.copyOf(time, size),
                Arrays.copyOf(value, size),
                Arrays.copyOf(articles, size));
    }

    private static Sentiment sentiment(TableReader tables, VersionId version, ChartBuckets buckets) {
        return new Sentiment(tables.list(
                """
                select article, reading, first_seen_at, known_at, sell, hold, buy from @article_score
                where version = ? and not repeats and known_at > ? and known_at < ?
                """,
                row -> new Sentiment.Score(
                        new ArticleId(row.getString(1)),
                        row.getInt(2),
                        TableReader.time(row, 3).toEpochMilli(),
                        TableReader.time(row, 4).toEpochMilli(),
                        Sentiment.value(new Probabilities(row.getDouble(5), row.getDouble(6), row.getDouble(7)))),
                version.toString(),
                Instant.ofEpochSecond(buckets.from()).minus(Sentiment.WINDOW),
                Instant.ofEpochSecond(buckets.to())));
    }
}
