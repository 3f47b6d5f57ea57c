package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * An article turned out to be about further symbols: about them it counts as known from here on only.
 *
 * @param symbols those that are new, in order, each once
 */
@Revision("1")
public record ArticleSymbolsAdded(ArticleId articleId, String channel, List<Symbol> symbols, Instant knownAt)
        implements NewsEvent {

    public ArticleSymbolsAdded {
        symbols = List.copyOf(symbols);
    }
}
