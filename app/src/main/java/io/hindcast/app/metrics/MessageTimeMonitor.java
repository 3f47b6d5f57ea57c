package io.hindcast.app.metrics;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.axonframework.messaging.Message;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times the messages of one of Axon's components, as {@code hindcast.axon.messages} with tags {@code part},
 * {@code message} and {@code outcome}. A refusal is an outcome of its own, not a failure, since its sender handles it.
 * Tags come from a fixed set of classes, so the number of series is bounded.
 */
final class MessageTimeMonitor implements MessageMonitor<Message<?>> {

    private static final Logger log = LoggerFactory.getLogger(MessageTimeMonitor.class);

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final MeterRegistry meters;
    private final String part;

    MessageTimeMonitor(MeterRegistry meters, String part) {
        this.meters = meters;
        this.part = part;
    }

    @Override
    public MonitorCallback onMessageIngested(Message<?> message) {
        Timer.Sample begun = Timer.start(meters);
        String name = message.getPayloadType().getSimpleName();
        return new MonitorCallback() {
            @Override
            public void reportSuccess() {
                stop("success");
            }

            @Override
            public void reportFailure(@Nullable Throwable cause) {
                @Nullable Refusal refusal = RefusedException.in(cause);
                if (refusal == null) {
                    stop("failure");
                } else {
                    log.debug("{} was refused by {}: {}", name, part, refusal.message());
                    stop("refused");
                }
            }

            @Override
            public void reportIgnored() {
                stop("ignored");
            }

            private void stop(String outcome) {
                begun.stop(Timer.builder("hindcast.axon.messages")
                        .description("Messages that a part of Axon worked on")
                        .tags("part", part, "message", name, "outcome", outcome)
                        .serviceLevelObjectives(BOUNDS)
                        .register(meters));
            }
        };
    }
}
