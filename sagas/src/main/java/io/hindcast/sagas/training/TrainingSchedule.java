package io.hindcast.sagas.training;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/**
 * Dates of training cycles, in market time: at a fixed distance from the last cycle, by a cron expression, or never.
 */
public sealed interface TrainingSchedule {

    /** Returns the first date after the last cycle was requested; empty if there is none. */
    Optional<Instant> nextAfter(Instant lastRequested);

    /** Cycles at a fixed distance from the last one, scheduled or not. */
    record Every(Duration period) implements TrainingSchedule {
        public Every {
            if (!period.isPositive()) {
                throw new IllegalArgumentException("period was " + period + ", expected a positive one");
            }
        }

        @Override
        public Optional<Instant> nextAfter(Instant lastRequested) {
            return Optional.of(lastRequested.plus(period));
        }
    }

    /** Cycles at the dates of a cron expression, UTC. */
    record Cron(CronExpression expression) implements TrainingSchedule {
        @Override
        public Optional<Instant> nextAfter(Instant lastRequested) {
            return Optional.ofNullable(expression.next(lastRequested.atZone(ZoneOffset.UTC)))
                    .map(ZonedDateTime::toInstant);
        }
    }

    /** No cycles but those requested. */
    record Off() implements TrainingSchedule {
        @Override
        public Optional<Instant> nextAfter(Instant lastRequested) {
            return Optional.empty();
        }
    }
}
