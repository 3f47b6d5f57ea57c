package io.hindcast.api.news;

/** Whether an article was found live or imported. */
public enum ArticleOrigin {
    /** Imported from the time before its markets went live; counts as known at its publication. */
    HISTORY,
    /** Found while live; known from the moment at which it was found. */
    LIVE
}
