package io.hindcast.api.prediction;

import java.util.List;

/** The signals of the live versions, baseline first. */
public record SignalChart(List<SignalSeries> series) {
    public SignalChart {
        series = List.copyOf(series);
    }
}
