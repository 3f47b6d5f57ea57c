package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * An article turned out to be about further symbols. For these it counts as known from {@code knownAt} on only.
 *
 * @param symbols the new symbols, in order, each once
 */
@Revision("1")
public record ArticleSymbolsAdded(ArticleId articleId, String channel, List<Symbol> symbols, Instant knownAt)
        implements NewsEvent {

    public ArticleSymbolsAdded {
        symbols = List.copyOf(symbols);
    }
}
