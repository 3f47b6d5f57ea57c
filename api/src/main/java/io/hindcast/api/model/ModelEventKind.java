package io.hindcast.api.model;

/** The kinds of entries in a model's history. */
public enum ModelEventKind {
    /** A version was trained and registered. */
    REGISTERED,
    /** Its promotion began, automatically or by a person. */
    PROMOTION_BEGUN,
    /** It was not promoted automatically. */
    PROMOTION_DECLINED,
    /** Its promotion was abandoned. */
    PROMOTION_ABANDONED,
    /** It went live. */
    PROMOTED,
    /** A person rolled it back. */
    ROLLED_BACK,
    /** A person pinned the model at it. */
    PINNED,
    /** A person unpinned the model. */
    UNPINNED,
    /** A person archived it. */
    ARCHIVED,
    /** It lost its artifact. */
    PURGED
}
