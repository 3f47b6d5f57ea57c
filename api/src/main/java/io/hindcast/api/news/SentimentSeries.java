package io.hindcast.api.news;

import io.hindcast.api.model.VersionId;

/**
 * How the news sounded to one version, as columns of equal length; never changed once made.
 *
 * @param stepSeconds between two points
 * @param time of each point, in seconds since 1970
 * @param sentiment mean of buy minus sell over the articles known by then, weighted by half for each 24 hours of age: −1 to 1
 * @param articles how many were known and counted at each point
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers: objects would cost more than the query
public record SentimentSeries(VersionId version, int stepSeconds, long[] time, double[] sentiment, int[] articles) {}
