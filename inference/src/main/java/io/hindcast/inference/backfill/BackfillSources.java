package io.hindcast.inference.backfill;

import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.history.prediction.PredictionLog;

/** The parts of the log from which the past of versions is computed. */
public record BackfillSources(
        CandleLog candles, SentimentLog sentiment, ArticleLog articles, PredictionLog predictions) {}
