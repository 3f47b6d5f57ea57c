package io.hindcast.history;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code hindcast.history.*}.
 *
 * @param cacheDir folder of day files, which may be deleted at any time; if absent, every read goes to the log
 */
@ConfigurationProperties("hindcast.history")
public record HistorySettings(@Nullable Path cacheDir) {}
