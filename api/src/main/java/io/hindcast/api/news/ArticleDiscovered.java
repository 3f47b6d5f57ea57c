package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * An article is known from here on.
 *
 * @param url canonical
 * @param channel which way it came here
 * @param source who published it
 * @param symbols what it is about, in order, each once
 * @param title plain text
 * @param summary plain text, may be empty
 * @param firstSeenAt market time from which it is known here: never before its publication
 * @param duplicateOf the earlier article whose news it repeats, if it does: whoever counts news counts that one only
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
