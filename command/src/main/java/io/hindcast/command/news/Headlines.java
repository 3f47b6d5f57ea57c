package io.hindcast.command.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.NearDuplicate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The headlines with which the news of a new article is compared. */
public interface Headlines {

    /**
     * Files a new headline and returns the one that it repeats, if any. Called by the {@link Article} aggregate, on the
     * thread and in the transaction of its discovery, once per article and before the discovery is recorded. Any
     * exception rolls the discovery back.
     *
     * @param seenAt market time at which the article was first seen
     */
    Optional<NearDuplicate> file(ArticleId article, String title, List<Symbol> symbols, Instant seenAt);
}
