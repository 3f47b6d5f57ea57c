package io.hindcast.api.prediction;

import io.hindcast.api.model.InSample;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import java.util.List;

/**
 * Signals of one version as columns of equal length; buckets without any are left out. The arrays are never changed.
 *
 * @param bucketSeconds length of a bucket
 * @param time when each bucket begins, in seconds since 1970
 * @param sell number of SELL signals in each bucket; likewise hold and buy
 * @param reconciled number of signals in each bucket that were computed from the log afterwards
 * @param last last signal in each bucket
 * @param inSample the bars that the version has seen
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
        int[] reconciled,
        List<Signal> last,
        InSample inSample) {}
