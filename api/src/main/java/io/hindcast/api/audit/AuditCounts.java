package io.hindcast.api.audit;

/**
 * Results of comparing predictions, each counted once.
 *
 * @param exact equal bit by bit
 * @param close equal within {@link AuditDifference#TOLERANCE}, with the same signal
 * @param nearTies equal within the tolerance, with another signal
 * @param different beyond the tolerance
 * @param missing not recorded, though the version should have predicted
 * @param extra recorded, but not computable from the log
 */
public record AuditCounts(int exact, int close, int nearTies, int different, int missing, int extra) {

    public static final AuditCounts NONE = new AuditCounts(0, 0, 0, 0, 0, 0);

    public AuditCounts {
        if (exact < 0 || close < 0 || nearTies < 0 || different < 0 || missing < 0 || extra < 0) {
            throw new IllegalArgumentException("a count of an audit is negative: " + exact + ", " + close + ", "
                    + nearTies + ", " + different + ", " + missing + ", " + extra);
        }
    }

    /** Returns the number of predictions looked at. */
    public int total() {
        return exact + close + nearTies + different + missing + extra;
    }

    /** Returns the number of divergences; a near tie is none. */
    public int divergences() {
        return different + missing + extra;
    }

    public AuditCounts plus(AuditCounts other) {
        return new AuditCounts(
                exact + other.exact,
                close + other.close,
                nearTies + other.nearTies,
                different + other.different,
                missing + other.missing,
                extra + other.extra);
    }
}
