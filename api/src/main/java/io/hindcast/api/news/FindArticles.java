package io.hindcast.api.news;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query for articles published from {@code from} up to and not including {@code to}, newest first, or by relevance if
 * {@code text} is given. Answered by {@link ArticlePage}.
 *
 * @param symbol only articles about it
 * @param source only articles of this publisher
 * @param text words in title, summary or body, in the syntax of PostgreSQL's web search
 * @param repetitions whether to include articles that repeat another one's news
 * @param first most articles to return, 1 to 500
 * @param after cursor of the last article of the previous page
 * @param asOf market time; empty for now
 */
public record FindArticles(
        Optional<Symbol> symbol,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> source,
        Optional<String> text,
        boolean repetitions,
        int first,
        Optional<String> after,
        Optional<Instant> asOf) {

    public FindArticles {
        source = source.map(WellFormedText::of);
        text = text.map(WellFormedText::of);
    }

    /** A query for now. */
    public FindArticles(
            Optional<Symbol> symbol,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> source,
            Optional<String> text,
            boolean repetitions,
            int first,
            Optional<String> after) {
        this(symbol, from, to, source, text, repetitions, first, after, Optional.empty());
    }
}
