package io.hindcast.offline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files of news.
 *
 * @param articles archive of articles
 * @param reader TRL model that scores the articles for a model that reads candles
 */
record NewsFiles(@Nullable Path articles, @Nullable Path reader) {}
