package io.hindcast.command.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.NearDuplicate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where an article that is being discovered learns whether its news was told before. */
public interface Headlines {

    /** Puts a new headline with the others, and says which one it repeats, if it does. */
    Optional<NearDuplicate> file(ArticleId article, String title, List<Symbol> symbols, Instant seenAt);
}
