package io.hindcast.api.news;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports an article that was found. What is known of it already is dropped; a symbol that is new for it is added;
 * another title or summary through the channel it was found by is a new revision. Answered by a
 * {@link DiscoveryReceipt}.
 *
 * <p>An article is about symbols, one or more: those under whose page it was found, whose configured keywords its
 * title, summary or tags hold, or beside whose market its archive is played. That is a finding with a time of its own:
 * an article that turns up under a second symbol later is about that symbol from then on, not before.
 *
 * @param url canonical, redirects resolved
 * @param channel which way it came here, such as {@code yahoo}, {@code rss:coindesk} or {@code archive:} and a digest
 * @param source who published it, for people
 * @param symbols what it is about: 1 to 50, each once
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
