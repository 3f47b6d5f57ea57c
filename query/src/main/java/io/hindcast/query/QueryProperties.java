package io.hindcast.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the query node.
 *
 * @param chartCachePoints chart points kept in memory, some 60 bytes each
 * @param chartFreshness for how long a chart may miss a change of the read models
 */
@ConfigurationProperties("hindcast.query")
public record QueryProperties(
        @DefaultValue("500000") int chartCachePoints,
        @DefaultValue("100ms") Duration chartFreshness) {}
