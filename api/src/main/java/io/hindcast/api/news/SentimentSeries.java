package io.hindcast.api.news;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import java.util.Optional;

/**
 * Sentiment of the news by the scores of one version, as columns of equal length. Must not be modified.
 *
 * @param slot slot of the version
 * @param bucketSeconds distance between two points; buckets without articles are left out
 * @param time time of each point, in seconds since 1970
 * @param sentiment {@link Sentiment} at each point, −1 to 1
 * @param articles number of articles that count at each point
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers: objects would cost more than the query
public record SentimentSeries(
        VersionId version, Optional<Slot> slot, int bucketSeconds, long[] time, double[] sentiment, int[] articles) {}
