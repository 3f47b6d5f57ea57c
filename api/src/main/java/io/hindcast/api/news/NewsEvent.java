package io.hindcast.api.news;

import java.time.Instant;

/** An event about an article, a headline or the sentiment that bars see. */
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

    /** Returns the market time from which this is known here. */
    Instant knownAt();
}
