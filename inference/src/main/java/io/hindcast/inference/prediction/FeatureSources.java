package io.hindcast.inference.prediction;

import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.SentimentLog;

/** The parts of the log from which the features of bars are computed. */
public record FeatureSources(CandleLog candles, SentimentLog sentiment) {}
