package io.hindcast.query.live;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleChange;
import io.hindcast.api.news.ArticleChange.Kind;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReaction;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScore;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FollowArticles;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.ScoreTookEffect;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Turns events about articles into updates of subscription queries. Imported history causes none: it is not news. */
final class ArticleUpdates {

    private ArticleUpdates() {}

    static void emit(NewsEvent event, QueryUpdateEmitter emitter) {
        switch (event) {
            case ArticleDiscovered discovered when discovered.origin() == ArticleOrigin.HISTORY -> {
                // History is read by queries.
            }
            case ArticleDiscovered discovered ->
                emit(
                        emitter,
                        discovered.symbols()::contains,
                        change(
                                discovered.articleId(),
                                Kind.DISCOVERED,
                                Optional.of(view(discovered)),
                                Optional.empty()));
            case ArticleSymbolsAdded added ->
                emit(
                        emitter,
                        added.symbols()::contains,
                        change(added.articleId(), Kind.EXTENDED, Optional.empty(), Optional.empty()));
            case ArticleRevised revised ->
                emit(
                        emitter,
                        symbol -> true,
                        change(revised.articleId(), Kind.REVISED, Optional.empty(), Optional.of(revised.title())));
            case ArticleContentFetched fetched ->
                emit(
                        emitter,
                        symbol -> true,
                        change(fetched.articleId(), Kind.CONTENT_FETCHED, Optional.empty(), Optional.empty()));
            case ArticleScored scored ->
                scored.scores().stream()
                        .map(score -> score.version().model().symbol())
                        .distinct()
                        .forEach(symbol -> emit(emitter, symbol::equals, scores(scored, symbol)));
            case ArticleReactionMeasured measured ->
                emit(
                        emitter,
                        measured.symbol()::equals,
                        new ArticleChange(
                                measured.articleId(),
                                Kind.MEASURED,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.of(new ArticleReaction(
                                        measured.symbol(),
                                        measured.percent(),
                                        measured.signal(),
                                        Math.toIntExact(measured.spec().window().toMinutes()),
                                        measured.measuredAt()))));
            case HeadlineFiled _, ScoreTookEffect _ -> {
                // The article's own events cause the update.
            }
        }
    }

    private static void emit(QueryUpdateEmitter emitter, Predicate<Symbol> about, ArticleChange change) {
        emitter.emit(FollowArticles.class, query -> about.test(query.symbol()), change);
    }

    private static ArticleChange change(
            ArticleId id, Kind kind, Optional<ArticleView> article, Optional<String> title) {
        return new ArticleChange(id, kind, article, title, List.of(), Optional.empty());
    }

    private static ArticleChange scores(ArticleScored event, Symbol symbol) {
        return new ArticleChange(
                event.articleId(),
                Kind.SCORED,
                Optional.empty(),
                Optional.empty(),
                event.scores().stream()
                        .filter(score -> score.version().model().symbol().equals(symbol))
                        .map(score -> new ArticleScore(
                                score.version(),
                                Optional.empty(),
                                event.reading(),
                                score.probabilities(),
                                event.origin(),
                                event.recordedAt()))
                        .toList(),
                Optional.empty());
    }

    private static ArticleView view(ArticleDiscovered event) {
        return new ArticleView(
                event.articleId(),
                event.url(),
                event.channel(),
                event.source(),
                event.symbols(),
                event.title(),
                event.summary(),
                Optional.empty(),
                event.published(),
                event.firstSeenAt(),
                0,
                event.duplicateOf(),
                List.of(),
                List.of(),
                List.of());
    }
}
