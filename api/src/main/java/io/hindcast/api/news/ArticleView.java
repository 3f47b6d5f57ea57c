package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An article as it reads now.
 *
 * @param revision 0 as it was first seen, n after its n-th correction
 * @param symbols what it is about, in order
 * @param body its text if that was fetched and is asked for
 * @param scores of each version that read it, by version, of the last text that the version read
 * @param reactions of each symbol that it is about and whose window is over, by symbol
 * @param snippet where what was searched for stands; empty unless something was
 */
public record ArticleView(
        ArticleId articleId,
        ArticleUrl url,
        String channel,
        String source,
        List<Symbol> symbols,
        String title,
        String summary,
        Optional<String> body,
        PublishedTime published,
        Instant firstSeenAt,
        int revision,
        Optional<NearDuplicate> duplicateOf,
        List<ArticleScore> scores,
        List<ArticleReaction> reactions,
        List<SnippetPart> snippet) {

    public ArticleView {
        symbols = List.copyOf(symbols);
        scores = List.copyOf(scores);
        reactions = List.copyOf(reactions);
        snippet = List.copyOf(snippet);
    }

    /** The same article with what is known of it elsewhere. */
    public ArticleView with(List<Symbol> itsSymbols, List<ArticleScore> itsScores, List<ArticleReaction> itsReactions) {
        return new ArticleView(
                articleId,
                url,
                channel,
                source,
                itsSymbols,
                title,
                summary,
                body,
                published,
                firstSeenAt,
                revision,
                duplicateOf,
                itsScores,
                itsReactions,
                snippet);
    }
}
