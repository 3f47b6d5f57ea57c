package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An article in its current form.
 *
 * @param revision 0 as first seen, n after its n-th correction
 * @param symbols symbols that it is about, in order
 * @param body its text, if that was fetched and is requested
 * @param scores for each version that scored it, by version, the score of the last text that the version scored
 * @param reactions measured reactions, by symbol
 * @param snippet passages that match a search; empty without a search
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

    /** Returns a copy with symbols, scores and reactions, which are stored in tables of their own. */
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
