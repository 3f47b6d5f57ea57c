package io.hindcast.api.news;

import java.util.List;

/** Sentiment of the news about a symbol, one series per version, ordered by version. */
public record SentimentChart(List<SentimentSeries> series) {
    public SentimentChart {
        series = List.copyOf(series);
    }
}
