package io.hindcast.inference.prediction;

import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;

/** What is read back of the log to predict bars. */
public record Logs(CandleLog candles, ArticleLog articles, SentimentLog sentiment) {}
