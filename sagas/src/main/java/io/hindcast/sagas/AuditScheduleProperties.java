package io.hindcast.sagas;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Settings of audits that begin by themselves.
 *
 * @param daily whether each live version's day is replayed once it is over
 */
@ConfigurationProperties("hindcast.sagas")
public record AuditScheduleProperties(
        @Name("audit-daily") @DefaultValue("true") boolean daily) {}
