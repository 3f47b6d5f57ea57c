package io.hindcast.command.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.ScoreTookEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State of an article, as far as decisions need it. Immutable.
 *
 * @param discovered the discovery; empty for an article that was never discovered
 * @param wording the text known last
 * @param symbols symbols that the article is about, each with the moment from which that was known
 * @param measured symbols whose reaction has been measured
 * @param readings moment at which each text became known, by number
 * @param scored scores that are held
 */
record ArticleState(
        Optional<ArticleDiscovered> discovered,
        Wording wording,
        SortedMap<Symbol, Instant> symbols,
        Set<Symbol> measured,
        List<Instant> readings,
        Set<ScoreKey> scored) {

    static final ArticleState NONE = new ArticleState(
            Optional.empty(),
            new Wording("", "", Optional.empty(), 0, Instant.MIN),
            new TreeMap<>(),
            Set.of(),
            List.of(),
            Set.of());

    /**
     * The text of an article.
     *
     * @param body digest of the body, once that was fetched
     * @param revision number of corrections
     * @param knownAt moment of the discovery or the latest correction
     */
    record Wording(String title, String summary, Optional<TextDigest> body, int revision, Instant knownAt) {}

    /** A version that has scored the text with this number. */
    record ScoreKey(VersionId version, int reading) {}

    /** Returns the state after an event. */
    ArticleState after(NewsEvent event) {
        return switch (event) {
            case ArticleDiscovered e -> {
                SortedMap<Symbol, Instant> about = new TreeMap<>();
                e.symbols().forEach(symbol -> about.put(symbol, e.firstSeenAt()));
                Wording first = new Wording(e.title(), e.summary(), Optional.empty(), 0, e.firstSeenAt());
                yield new ArticleState(Optional.of(e), first, about, measured, plus(readings, e.knownAt()), scored);
            }
            case ArticleSymbolsAdded e -> {
                SortedMap<Symbol, Instant> about = new TreeMap<>(symbols);
                e.symbols().forEach(symbol -> about.putIfAbsent(symbol, e.knownAt()));
                yield new ArticleState(discovered, wording, about, measured, readings, scored);
            }
            case ArticleContentFetched e ->
                withText(
                        new Wording(
                                wording.title, wording.summary, digest(e.body()), wording.revision, wording.knownAt),
                        e);
            case ArticleRevised e ->
                withText(
                        new Wording(
                                e.title(),
                                e.summary(),
                                e.body().map(TextDigest::of).or(wording::body),
                                e.revision(),
                                e.knownAt()),
                        e);
            case ArticleScored e -> {
                Set<ScoreKey> held = new HashSet<>(scored);
                e.scores().forEach(score -> held.add(new ScoreKey(score.version(), e.reading())));
                yield new ArticleState(discovered, wording, symbols, measured, readings, held);
            }
            case ArticleReactionMeasured e -> {
                Set<Symbol> held = new HashSet<>(measured);
                held.add(e.symbol());
                yield new ArticleState(discovered, wording, symbols, held, readings, scored);
            }
            case HeadlineFiled _, ScoreTookEffect _ -> this;
        };
    }

    private ArticleState withText(Wording changed, NewsEvent event) {
        return new ArticleState(discovered, changed, symbols, measured, plus(readings, event.knownAt()), scored);
    }

    private static Optional<TextDigest> digest(String text) {
        return Optional.of(TextDigest.of(text));
    }

    private static List<Instant> plus(List<Instant> moments, Instant next) {
        List<Instant> all = new ArrayList<>(moments);
        all.add(next);
        return List.copyOf(all);
    }
}
