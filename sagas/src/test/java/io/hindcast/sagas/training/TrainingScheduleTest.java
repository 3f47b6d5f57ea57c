package io.hindcast.sagas.training;

import static io.hindcast.sagas.training.CycleEvents.BTC;
import static io.hindcast.sagas.training.CycleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

class TrainingScheduleTest {
    private static final Duration EVERY = Duration.ofDays(5);
    private static final TrainingPlan PLAN =
            new TrainingPlan(List.of(ModelFamily.LIGHTGBM), LabelSpec.DEFAULT, Duration.ofDays(182));

    private final EventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final List<RequestTrainingCycle> requested = new ArrayList<>();
    private boolean refusing;
    private long sequence;
    private int cycles;
    private final CommandGateway commands = gateway();
    private ScheduledTrainingPolicy policy = policy(new TrainingSchedule.Every(EVERY));

    private ScheduledTrainingPolicy policy(TrainingSchedule schedule) {
        return new ScheduledTrainingPolicy(schedule, PLAN, log);
    }

    /** Answers as the training program does. */
    private CommandGateway gateway() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(RequestTrainingCycle.class.getName(), message -> {
            RequestTrainingCycle request = (RequestTrainingCycle) message.getPayload();
            requested.add(request);
            if (refusing) {
                throw RefusedException.of("CYCLE_RUNNING", "cycle", 1, "none");
            }
            record(new TrainingCycleRequested(
                    BTC,
                    requested.size(),
                    request.reason(),
                    request.families(),
                    request.spec(),
                    request.requestedAt(),
                    Optional.empty()));
            return cycles;
        });
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }

    private void record(TrainingEvent event) {
        log.publish(new GenericDomainEventMessage<>("TrainingProgram", TrainingProgramId.of(BTC), sequence++, event));
        if (event instanceof TrainingCycleRequested begun) {
            policy.on(begun);
        } else if (event instanceof TrainingCycleEnded ended) {
            policy.on(ended);
        }
    }

    private void candleAt(Instant close, CandleSource source) {
        Instant open = close.minus(Interval.ONE_MINUTE.length());
        BigDecimal one = BigDecimal.ONE;
        Candle candle = new Candle(open, one, one, one, one, one, one, 1, one, one);
        policy.on(
                new CandlesRecorded(
                        new MarketDayId(BTC, Interval.ONE_MINUTE, UtcDay.of(open)),
                        source,
                        close,
                        Candles.of(UtcDay.of(open), List.of(candle)),
                        List.of(0)),
                commands);
    }

    private void firstCycle() {
        record(new TrainingCycleRequested(
                BTC,
                ++cycles,
                "first",
                List.of(ModelFamily.LIGHTGBM),
                new TrainingSpec(LabelSpec.DEFAULT, NOON.minus(EVERY), NOON, 1),
                NOON,
                Optional.empty()));
    }

    private void ended(int cycle) {
        record(new TrainingCycleEnded(BTC, cycle, 1, 0, NOON));
    }

    @Test
    void cycleBeginsWhenItsDateHasComeOnTheMarketsClock() {
        firstCycle();
        ended(1);
        candleAt(NOON.plus(EVERY).minusSeconds(60), CandleSource.LIVE);
        assertThat(requested).isEmpty();
        candleAt(NOON.plus(EVERY), CandleSource.LIVE);
        assertThat(requested).singleElement().satisfies(request -> {
            assertThat(request.reason()).isEqualTo("scheduled");
            assertThat(request.requestedAt()).isEqualTo(NOON.plus(EVERY));
            assertThat(request.spec().dataTo()).isEqualTo(NOON.plus(EVERY).minusSeconds(60));
            assertThat(request.spec().dataFrom()).isEqualTo(NOON.plus(EVERY).minus(PLAN.history()));
            assertThat(request.spec().seed()).isEqualTo(CycleSeed.of(BTC, 2));
        });
        candleAt(NOON.plus(EVERY).plusSeconds(60), CandleSource.LIVE);
        assertThat(requested).as("while it runs").hasSize(1);
    }

    @Test
    void historyAndRepairsDoNotMoveTheClock() {
        firstCycle();
        ended(1);
        candleAt(NOON.plus(EVERY), CandleSource.HISTORY);
        candleAt(NOON.plus(EVERY), CandleSource.REPAIR);
        assertThat(requested).isEmpty();
    }

    @Test
    void datesMissedAreMadeUpForByOneCycle() {
        firstCycle();
        ended(1);
        policy = policy(new TrainingSchedule.Every(EVERY));
        Instant back = NOON.plus(EVERY.multipliedBy(4));
        candleAt(back, CandleSource.LIVE);
        ended(cycles);
        candleAt(back.plusSeconds(60), CandleSource.LIVE);
        assertThat(requested).hasSize(1);
    }

    @Test
    void restartedProcessCountsFromTheLastCycleInTheLog() {
        firstCycle();
        ended(1);
        policy = policy(new TrainingSchedule.Every(EVERY));
        candleAt(NOON.plus(EVERY).minusSeconds(60), CandleSource.LIVE);
        assertThat(requested).isEmpty();
        candleAt(NOON.plus(EVERY), CandleSource.LIVE);
        assertThat(requested).hasSize(1);
    }

    @Test
    void cycleThatAnotherProcessBeganIsNotRequestedAgain() {
        firstCycle();
        ended(1);
        candleAt(NOON.plus(Duration.ofDays(1)), CandleSource.LIVE);
        ScheduledTrainingPolicy stale = policy;
        policy = policy(new TrainingSchedule.Every(EVERY));
        record(new TrainingCycleRequested(
                BTC,
                ++cycles,
                "requested",
                List.of(ModelFamily.LIGHTGBM),
                new TrainingSpec(LabelSpec.DEFAULT, NOON, NOON.plus(EVERY), 1),
                NOON.plus(Duration.ofDays(4)),
                Optional.empty()));
        record(new TrainingCycleEnded(BTC, 2, 1, 0, NOON.plus(Duration.ofDays(4))));
        policy = stale;
        candleAt(NOON.plus(EVERY), CandleSource.LIVE);
        assertThat(requested).isEmpty();
        candleAt(NOON.plus(Duration.ofDays(9)), CandleSource.LIVE);
        assertThat(requested).hasSize(1);
    }

    @Test
    void repetitionLeavesTheDateOfTheNextCycleAsItIs() {
        firstCycle();
        ended(1);
        TrainingCycleRequested repeating = CycleEvents.repeating(ModelFamily.LIGHTGBM);
        record(new TrainingCycleRequested(
                BTC,
                ++cycles,
                repeating.reason(),
                repeating.families(),
                repeating.spec(),
                NOON.plus(Duration.ofDays(4)),
                repeating.repetition()));
        candleAt(NOON.plus(EVERY), CandleSource.LIVE);
        assertThat(requested).as("while the repetition runs").isEmpty();
        record(new TrainingCycleEnded(BTC, 2, 1, 0, NOON.plus(EVERY)));
        candleAt(NOON.plus(EVERY).plusSeconds(60), CandleSource.LIVE);
        assertThat(requested).hasSize(1);
    }

    @Test
    void refusedRequestIsRepeatedAnHourLater() {
        firstCycle();
        ended(1);
        refusing = true;
        Instant due = NOON.plus(EVERY);
        candleAt(due, CandleSource.LIVE);
        candleAt(due.plusSeconds(60), CandleSource.LIVE);
        assertThat(requested).hasSize(1);
        candleAt(due.plus(Duration.ofHours(1)), CandleSource.LIVE);
        assertThat(requested).hasSize(2);
    }

    @Test
    void marketWithoutAnyCycleGetsItsFirstWithItsFirstLiveCandle() {
        candleAt(NOON, CandleSource.LIVE);
        assertThat(requested)
                .singleElement()
                .satisfies(request -> assertThat(request.reason()).isEqualTo("first"));
    }

    @Test
    void cronNamesDatesInUtc() {
        TrainingSchedule sundays = new TrainingSchedule.Cron(CronExpression.parse("0 30 2 * * SUN"));
        assertThat(sundays.nextAfter(Instant.parse("2022-02-01T12:00:00Z")))
                .contains(Instant.parse("2022-02-06T02:30:00Z"));
        assertThat(new TrainingSchedule.Off().nextAfter(NOON)).isEmpty();
    }
}
