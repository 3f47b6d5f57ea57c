package io.hindcast.api.prediction;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import java.util.List;

/**
 * Signals of one version as columns of equal length; buckets without any are left out. Never changed once made.
 *
 * @param bucketSeconds length of a bucket
 * @param time when each bucket begins, in seconds since 1970
 * @param sell how many of the bucket's signals were SELL, and likewise
 * @param last the bucket's last signal
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers: objects would cost more than the query
public record SignalSeries(
        VersionId version,
        Slot slot,
        int bucketSeconds,
        long[] time,
        int[] sell,
        int[] hold,
        int[] buy,
        List<Signal> last) {}
