package io.hindcast.query.news;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.query.Buckets;
import io.hindcast.query.ReadModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentiment for charts: folded from scores at the begins of the buckets that candles have, without what no score tells. */
final class SentimentCharts {

    private final ReadModel readModel;

    SentimentCharts(ReadModel readModel) {
        this.readModel = readModel;
    }

    private record Live(VersionId version, Slot slot) {}

    private record Row(ArticleId article, long firstSeen, long knownAt, double value) {}

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

    private static SentimentSeries series(ReadModel.Reader reader, Live live, Buckets buckets) {
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

    private static Sentiment sentiment(ReadModel.Reader reader, VersionId version, Buckets buckets) {
        List<Row> rows = reader.list(
                """
                select article, first_seen_at, known_at, sell, hold, buy from @article_score
                where version = ? and not repeats and known_at > ? and known_at < ?
                order by known_at, article, reading
                """,
                row -> new Row(
                        new ArticleId(row.getString(1)),
                        ReadModel.time(row, 2).toEpochMilli(),
                        ReadModel.time(row, 3).toEpochMilli(),
                        Sentiment.value(new Probabilities(row.getDouble(4), row.getDouble(5), row.getDouble(6)))),
                version.toString(),
                Instant.ofEpochSecond(buckets.from()).minus(Sentiment.WINDOW),
                Instant.ofEpochSecond(buckets.to()));
        Map<ArticleId, Integer> last = new HashMap<>();
        List<Sentiment.Score> scores = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Integer before = last.put(row.article, scores.size());
            if (before != null) {
                Sentiment.Score earlier = scores.get(before);
                scores.set(
                        before,
                        new Sentiment.Score(
                                earlier.articleId(),
                                earlier.firstSeen(),
                                earlier.from(),
                                row.knownAt,
                                earlier.value()));
            }
            scores.add(new Sentiment.Score(row.article, row.firstSeen, row.knownAt, Long.MAX_VALUE, row.value));
        }
        return new Sentiment(scores);
    }
}
