package io.hindcast.projections;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the event processors that fill the read models.
 *
 * @param segments number of parts of the log, by symbol, that are processed in parallel
 * @param batchSize events per transaction; an event may hold a whole day of bars
 */
@ConfigurationProperties("hindcast.projections")
public record ProjectionsProperties(
        @DefaultValue("4") int segments,
        @DefaultValue("200") int batchSize) {}
