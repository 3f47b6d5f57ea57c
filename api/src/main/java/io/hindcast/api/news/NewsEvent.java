package io.hindcast.api.news;

import java.time.Instant;

/** What happened to an article, to the headlines of a day, or to what bars know of them. */
public sealed interface NewsEvent
        permits ArticleDiscovered,
                ArticleSymbolsAdded,
                ArticleRevised,
                ArticleContentFetched,
                ArticleReactionMeasured,
                ArticleScored,
                HeadlineFiled,
                ScoreTookEffect {

    ArticleId articleId();

    /** Market time from which this is known here. */
    Instant knownAt();
}
