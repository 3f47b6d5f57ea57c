package io.hindcast.ml.feature;

/**
 * A bar together with when it was known here.
 *
 * @param revision 0 for the bar as first seen, n for its n-th correction
 * @param knownAt market time from which it may be used, epoch milliseconds UTC
 */
public record KnownBar(Bar bar, int revision, long knownAt) {

    public KnownBar {
        if (revision < 0) {
            throw new IllegalArgumentException("revision " + revision + " of the bar at " + bar.openTime()
                    + ", expected 0 for the bar as first seen or the number of its correction");
        }
    }
}
