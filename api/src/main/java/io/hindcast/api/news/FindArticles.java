package io.hindcast.api.news;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: articles published from {@code from} up to and not including {@code to}, newest first, or those that fit a
 * text best first. Answered by {@link ArticlePage}.
 *
 * @param symbol those about it, or all
 * @param source those published by it, or all
 * @param text words that title, summary or body must hold, in the form of PostgreSQL's web search, or all
 * @param repetitions whether articles that repeat another one's news are wanted, too
 * @param first articles wanted at most, 1 to 500
 * @param after cursor of the last one seen
 */
public record FindArticles(
        Optional<Symbol> symbol,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> source,
        Optional<String> text,
        boolean repetitions,
        int first,
        Optional<String> after) {

    public FindArticles {
        source = source.map(WellFormedText::of);
        text = text.map(WellFormedText::of);
    }
}
