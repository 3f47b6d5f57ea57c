package io.hindcast.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the query handlers.
 *
 * @param chartCachePoints most chart points in memory, of each kind of chart; a point takes some 60 bytes
 * @param chartFreshness time for which a chart may miss a change of the read models
 */
@ConfigurationProperties("hindcast.query")
public record QueryProperties(
        @DefaultValue("500000") int chartCachePoints,
        @DefaultValue("100ms") Duration chartFreshness) {}
