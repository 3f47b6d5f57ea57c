package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * An article was found for the first time.
 *
 * @param url canonical
 * @param channel channel by which it was found
 * @param source publisher
 * @param symbols symbols that it is about, in order, each once
 * @param title plain text
 * @param summary plain text, may be empty
 * @param firstSeenAt market time from which it is known here, never before its publication
 * @param duplicateOf the earlier article whose news it repeats, if any; sentiment ignores repetitions
 */
@Revision("1")
public record ArticleDiscovered(
        ArticleId articleId,
        ArticleUrl url,
        String channel,
        String source,
        List<Symbol> symbols,
        String title,
        String summary,
        PublishedTime published,
        ArticleOrigin origin,
        Instant firstSeenAt,
        Optional<NearDuplicate> duplicateOf)
        implements NewsEvent {

    public ArticleDiscovered {
        symbols = List.copyOf(symbols);
    }

    @Override
    public Instant knownAt() {
        return firstSeenAt;
    }
}
