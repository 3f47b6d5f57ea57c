package io.hindcast.projections.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes articles with their readings, symbols, scores and reactions. Each event is written at once. */
public final class ArticleProjection {

    private final TableWriter tables;

    public ArticleProjection(TableWriter tables) {
        this.tables = tables;
    }

    public void on(NewsEvent event) {
        tables.setKnownAt(event.knownAt());
        switch (event) {
            case ArticleDiscovered discovered -> discover(discovered);
            case ArticleSymbolsAdded added -> addSymbols(added.articleId(), added.symbols(), added.knownAt());
            case ArticleContentFetched fetched -> fetch(fetched);
            case ArticleRevised revised -> revise(revised);
            case ArticleReactionMeasured measured -> measure(measured);
            case ArticleScored scored -> scored.scores().forEach(score -> score(scored, score));
            case HeadlineFiled _, ScoreTookEffect _ -> {
                // Only the command side and the lanes need these, and they read them from the log.
            }
        }
    }

    private void discover(ArticleDiscovered event) {
        int added = tables.update(
                """
                insert into @article (article, url, channel, source, title, summary, published_at, published_certainty, origin,
                                      first_seen_at, revision, duplicate_of, similarity)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                on conflict (article) do nothing
                """,
                event.articleId().toString(),
                event.url().value(),
                event.channel(),
                event.source(),
                event.title(),
                event.summary(),
                event.published().at(),
                event.published().certainty(),
                event.origin(),
                event.firstSeenAt(),
                event.duplicateOf().map(NearDuplicate::original).map(ArticleId::toString),
                event.duplicateOf().map(NearDuplicate::similarity));
        if (added > 0) {
            addSymbols(event.articleId(), event.symbols(), event.firstSeenAt());
            addReading(event.articleId(), event.firstSeenAt());
        }
    }

    private void addSymbols(ArticleId article, List<Symbol> symbols, Instant knownAt) {
        tables.update("""
                insert into @article_symbol (symbol, article, published_at, known_at)
                select symbol, article, published_at, ? from @article, unnest(?::text[]) as symbol where article = ?
                on conflict (article, symbol) do nothing
                """, knownAt, symbols.stream().map(Symbol::value).toList(), article.toString());
    }

    /** Adds a reading: the article has a new text. */
    private void addReading(ArticleId article, Instant knownAt) {
        tables.update("""
                insert into @article_reading (article, reading, known_at)
                select ?, count(*), ? from @article_reading where article = ?
                """, article.toString(), knownAt, article.toString());
    }

    /** Stores an article's first body; later bodies come as revisions. */
    private void fetch(ArticleContentFetched event) {
        int changed = tables.update(
                "update @article set body = ? where article = ? and body is null",
                event.body(),
                event.articleId().toString());
        if (changed > 0) {
            addReading(event.articleId(), event.fetchedAt());
        }
    }

    private void revise(ArticleRevised event) {
        int changed = tables.update(
                """
                update @article set title = ?, summary = ?, body = coalesce(?::text, body), revision = ?
                where article = ? and revision < ?
                """,
                event.title(),
                event.summary(),
                event.body(),
                event.revision(),
                event.articleId().toString(),
                event.revision());
        if (changed > 0) {
            addReading(event.articleId(), event.knownAt());
        }
    }

    private void measure(ArticleReactionMeasured event) {
        tables.update(
                """
                insert into @article_reaction (article, symbol, window_minutes, threshold_percent, base_close, mean_close, bars,
                                               percent, signal, measured_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (article, symbol) do nothing
                """,
                event.articleId().toString(),
                event.symbol().value(),
                (int) event.spec().window().toMinutes(),
                event.spec().thresholdPercent(),
                event.baseClose(),
                event.meanClose(),
                event.bars(),
                event.percent(),
                event.signal(),
                event.measuredAt());
        tables.update(
                "update @article_symbol set measured = true where article = ? and symbol = ?",
                event.articleId().toString(),
                event.symbol().value());
    }

    private void score(ArticleScored event, VersionScore score) {
        String article = event.articleId().toString();
        tables.update(
                """
                insert into @article_score as held (article, version, reading, sell, hold, buy, origin, scorer, recorded_at,
                                                    first_seen_at, known_at, repeats)
                select a.article, ?, r.reading, ?, ?, ?, ?, ?, ?, s.known_at, greatest(s.known_at, r.known_at),
                       a.duplicate_of is not null
                from @article a
                join @article_symbol s on s.article = a.article and s.symbol = ?
                join @article_reading r on r.article = a.article and r.reading = ?
                where a.article = ?
                on conflict (article, version, reading) do update
                set sell = excluded.sell, hold = excluded.hold, buy = excluded.buy, origin = excluded.origin,
                    scorer = excluded.scorer, recorded_at = excluded.recorded_at,
                    first_seen_at = excluded.first_seen_at, known_at = excluded.known_at, repeats = excluded.repeats
                where held.origin = 'RECONCILED' and excluded.origin <> 'RECONCILED'
                """,
                score.version().toString(),
                score.probabilities().sell(),
                score.probabilities().hold(),
                score.probabilities().buy(),
                event.origin(),
                score.scorer().engine() + " " + score.scorer().libraryVersion(),
                event.recordedAt(),
                score.version().model().symbol().value(),
                event.reading(),
                article);
    }

    /** Writes scores that were computed from the log; those of the version's lane take precedence. */
    public void on(BackfillScoresRecorded event) {
        BackfilledScores scores = event.scores();
        String scored = """
                select article, ? as version, reading, sell, hold, buy, 'RECONCILED', ?, ?::timestamptz, first_seen, known_at,
                       repeats
                from unnest(?::text[], ?::int[], ?::float8[], ?::float8[], ?::float8[], ?::timestamptz[],
                            ?::timestamptz[], ?::bool[])
                    as new (article, reading, sell, hold, buy, first_seen, known_at, repeats)
                """;
        List<Object> parameters = List.of(
                event.backfillDay().version().toString(),
                event.scorer().engine() + " " + event.scorer().libraryVersion(),
                event.recordedAt(),
                scores.article().stream().map(ArticleId::toString).toList(),
                scores.reading(),
                scores.sell(),
                scores.hold(),
                scores.buy(),
                scores.firstSeen(),
                scores.knownAt(),
                scores.repeats());
        tables.update(
                "insert into @article_score " + scored + "on conflict (article, version, reading) do nothing",
                parameters.toArray());
        List<Object> andLane = new ArrayList<>(parameters);
        andLane.add(event.recordedAt());
        // A statement of its own, since it has to see lanes' scores for which the one before may have waited.
        tables.update("""
                insert into @article_score_superseded
                select new.*, lane.recorded_at from (""" + scored + """
                ) new join @article_score lane using (article, version, reading)
                where lane.origin <> 'RECONCILED' and lane.recorded_at > ?
                on conflict (article, version, reading) do nothing
                """, andLane.toArray());
    }
}
