package io.hindcast.app.store;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param groups processing groups whose failing events go to the dead letter queue; all others stand still and try
 *     again
 */
@ConfigurationProperties("hindcast.dead-letters")
record DeadLetterSettings(@DefaultValue List<String> groups) {
    DeadLetterSettings {
        groups = List.copyOf(groups);
    }
}
