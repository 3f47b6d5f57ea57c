package io.hindcast.app.axon;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of dead letter queues.
 *
 * @param groups processing groups whose failing events go to a dead letter queue; all other groups stop and retry
 */
@ConfigurationProperties("hindcast.dead-letters")
record DeadLetterSettings(@DefaultValue List<String> groups) {
    DeadLetterSettings {
        groups = List.copyOf(groups);
    }
}
