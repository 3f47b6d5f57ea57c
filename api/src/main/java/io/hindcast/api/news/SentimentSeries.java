package io.hindcast.api.news;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import java.util.Optional;

/**
 * How the news sounded to one version, as columns of equal length; never changed once made.
 *
 * @param slot that the version holds
 * @param bucketSeconds between two points, except where there are none
 * @param time of each point, in seconds since 1970
 * @param sentiment at each point, see {@link Sentiment}: −1 to 1
 * @param articles how many were known and counted at each point
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers: objects would cost more than the query
public record SentimentSeries(
        VersionId version, Optional<Slot> slot, int bucketSeconds, long[] time, double[] sentiment, int[] articles) {}
