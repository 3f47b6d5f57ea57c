package io.hindcast.api.news;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports an article that was found. Known content is dropped. A new symbol is added. Another title or summary by the
 * channel that discovered the article is a new revision. Answered by a {@link DiscoveryReceipt}.
 *
 * <p>An article is about one or more symbols: those on whose page it was found, whose configured keywords occur in its
 * title, summary or tags, or whose market is played beside its archive. Each finding has a time of its own: an article
 * that is found for a second symbol later is about that symbol from then on, not before.
 *
 * @param url canonical, redirects resolved
 * @param channel channel by which it was found, such as {@code yahoo}, {@code rss:coindesk} or {@code archive:} and a
 *     digest
 * @param source publisher, for display
 * @param symbols symbols that it is about: 1 to 50, each once
 * @param title plain text, 1 to 500 characters
 * @param summary plain text, up to 5,000 characters, may be empty
 * @param firstSeenAt market time at which it was found; for {@link ArticleOrigin#HISTORY} its time of publication
 */
public record DiscoverArticle(
        ArticleUrl url,
        String channel,
        String source,
        List<Symbol> symbols,
        String title,
        String summary,
        PublishedTime published,
        ArticleOrigin origin,
        Instant firstSeenAt) {

    public DiscoverArticle {
        source = WellFormedText.of(source);
        title = WellFormedText.of(title);
        summary = WellFormedText.of(summary);
        symbols = List.copyOf(symbols);
    }

    @TargetAggregateIdentifier
    public ArticleId articleId() {
        return ArticleId.of(url);
    }
}
