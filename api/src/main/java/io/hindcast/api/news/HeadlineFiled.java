package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * A headline was filed among those of its day, with which later ones are compared.
 *
 * @param title title as first seen
 * @param original the article whose news it reports: itself, or an earlier one that it repeats
 * @param filedAt when the article was first seen
 */
@Revision("1")
public record HeadlineFiled(
        HeadlineDayId headlineDay,
        ArticleId articleId,
        String title,
        List<Symbol> symbols,
        ArticleId original,
        Instant filedAt)
        implements NewsEvent {

    public HeadlineFiled {
        symbols = List.copyOf(symbols);
    }

    @Override
    public Instant knownAt() {
        return filedAt;
    }
}
