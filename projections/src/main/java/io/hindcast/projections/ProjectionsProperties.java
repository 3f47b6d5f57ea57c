package io.hindcast.projections;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the read models' processors.
 *
 * @param segments in how many parts, by symbol, the log is worked off at once
 * @param batchSize events a transaction; an event may be a whole day of bars
 */
@ConfigurationProperties("hindcast.projections")
public record ProjectionsProperties(
        @DefaultValue("4") int segments,
        @DefaultValue("200") int batchSize) {}
