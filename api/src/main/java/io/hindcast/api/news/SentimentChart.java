package io.hindcast.api.news;

import java.util.List;

/** How the news sounded, a series a version, by version. */
public record SentimentChart(List<SentimentSeries> series) {
    public SentimentChart {
        series = List.copyOf(series);
    }
}
