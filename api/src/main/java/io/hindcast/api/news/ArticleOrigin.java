package io.hindcast.api.news;

/** How an article came to be known here. */
public enum ArticleOrigin {
    /** Imported from the time before its markets went live: counts as known when it was published. */
    HISTORY,
    /** Found when it was found. */
    LIVE
}
