package io.hindcast.api.news;

import java.time.Instant;

/** What happened to an article, or to the headlines of a day. */
public sealed interface NewsEvent
        permits ArticleDiscovered,
                ArticleSymbolsAdded,
                ArticleRevised,
                ArticleContentFetched,
                ArticleReactionMeasured,
                ArticleScored,
                HeadlineFiled {

    ArticleId articleId();

    /** Market time from which this is known here. */
    Instant knownAt();
}
