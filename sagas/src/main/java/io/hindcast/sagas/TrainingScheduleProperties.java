package io.hindcast.sagas;

import io.hindcast.sagas.training.TrainingSchedule;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;

/**
 * Settings of when training cycles begin by themselves, on the market's clock.
 *
 * @param every time from one cycle to the next; 0 for none
 * @param cron instead of {@code every}: a cron expression with seconds, UTC, such as {@code 0 0 2 * * SUN}
 */
@ConfigurationProperties("hindcast.sagas.schedule")
public record TrainingScheduleProperties(
        @DefaultValue("5d") Duration every,
        @DefaultValue("") String cron) {

    private static final Duration SHORTEST = Duration.ofMinutes(10);

    public TrainingScheduleProperties {
        if (every.isNegative() || (every.isPositive() && every.compareTo(SHORTEST) < 0)) {
            throw new IllegalArgumentException(
                    "hindcast.sagas.schedule.every was " + every + ", expected 0 for none or " + SHORTEST + " or more");
        }
        if (!cron.isBlank() && !CronExpression.isValidExpression(cron)) {
            throw new IllegalArgumentException("hindcast.sagas.schedule.cron was '" + cron
                    + "', expected six fields from seconds to days of the week, such as '0 0 2 * * SUN'");
        }
    }

    TrainingSchedule schedule() {
        if (!cron.isBlank()) {
            return new TrainingSchedule.Cron(CronExpression.parse(cron));
        }
        return every.isZero() ? new TrainingSchedule.Off() : new TrainingSchedule.Every(every);
    }
}
