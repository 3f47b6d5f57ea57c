package io.hindcast.query.news;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.query.Buckets;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sentiment for charts: folded from scores at the begins of the buckets that candles have, without what no score tells.
 */
final class SentimentCharts {

    private final ReadModelReader readModel;

    SentimentCharts(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    private record Live(VersionId version, Slot slot) {}

    List<SentimentSeries> series(FindSentiment query) {
        Buckets buckets = Buckets.of(query.from(), query.to(), query.maxPoints());
        return readModel.read(reader -> {
            List<Live> live = new ArrayList<>(reader.list(
                    "select version, slot from @model_version where symbol = ? and slot is not null and family = 'TRL'",
                    row -> new Live(VersionId.parse(row.getString(1)), Slot.valueOf(row.getString(2))),
                    query.symbol().value()));
            live.sort(Comparator.comparing(Live::version));
            return live.stream()
                    .map(version -> series(reader, version, buckets))
                    .toList();
        });
    }

    private static SentimentSeries series(TableReader reader, Live live, Buckets buckets) {
        Sentiment sentiment = sentiment(reader, live.version, buckets);
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
                live.version,
                Optional.of(live.slot),
                buckets.seconds(),
                Arrays.copyOf(time, size),
                Arrays.copyOf(value, size),
                Arrays.copyOf(articles, size));
    }

    private static Sentiment sentiment(TableReader reader, VersionId version, Buckets buckets) {
        return new Sentiment(reader.list(
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
