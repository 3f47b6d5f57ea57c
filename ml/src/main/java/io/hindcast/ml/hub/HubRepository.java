package io.hindcast.ml.hub;

import java.util.regex.Pattern;

/**
 * A model repository on a hub.
 *
 * @param id owner and name, such as {@code ProsusAI/finbert}
 * @param revision a commit, which never changes, or a branch or tag, which stays at the commit of its first download
 */
public record HubRepository(String id, String revision) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * FinBERT (Araci, FinBERT: financial sentiment analysis with pre-trained language models, 2019), whose classes are
     * positive, negative and neutral.
     */
    public static final HubRepository FINBERT =
            new HubRepository("ProsusAI/finbert", "4556d13015211d73dccd3fdd39d39232506f3e43");

    public HubRepository {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "repository '" + id + "', expected owner/name, such as ProsusAI/finbert");
        }
        if (!REVISION.matcher(revision).matches()) {
            throw new IllegalArgumentException(
                    "revision '" + revision + "' of " + id + ", expected a commit, a branch or a tag");
        }
    }

    /** Returns whether the revision is a commit. */
    public boolean pinned() {
        return isCommit(revision);
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    @Override
    public String toString() {
        return id + "@" + revision;
    }
}
