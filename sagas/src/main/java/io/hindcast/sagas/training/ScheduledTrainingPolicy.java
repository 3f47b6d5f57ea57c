package io.hindcast.sagas.training;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.sagas.CommandSender;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Requests a training cycle when the schedule's next date has come on the market's clock, which live candles move.
 *
 * <p>The schedule counts from the last cycle in the log, so it survives restarts, and dates missed meanwhile are made
 * up for by one cycle. What this handler remembers only spares it reading the log at every candle: before it requests a
 * cycle it reads the symbol's training program anew.
 */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@DisallowReplay
public final class ScheduledTrainingPolicy {

    /** Reason of a scheduled cycle. */
    public static final String REASON = "scheduled";

    /** Market time until a refused request is repeated. */
    private static final Duration RETRY = Duration.ofHours(1);

    private final TrainingSchedule schedule;
    private final TrainingPlan plan;
    private final EventStore log;
    private final Map<Symbol, Program> programs = new ConcurrentHashMap<>();

    public ScheduledTrainingPolicy(TrainingSchedule schedule, TrainingPlan plan, EventStore log) {
        this.schedule = schedule;
        this.plan = plan;
        this.log = log;
    }

    /**
     * A symbol's training program.
     *
     * @param cycle number of the latest cycle, 0 if there was none
     * @param requestedAt market time of its request
     * @param running whether it has not ended
     */
    private record Program(int cycle, Instant requestedAt, boolean running) {

        static final Program NONE = new Program(0, Instant.EPOCH, false);

        Program with(Object event) {
            return switch (event) {
                // A repetition trains no new version, so the next date stays.
                case TrainingCycleRequested requested
                when requested.repetition().isPresent() -> new Program(requested.cycle(), requestedAt, true);
                case TrainingCycleRequested requested -> new Program(requested.cycle(), requested.requestedAt(), true);
                case TrainingCycleEnded ended when ended.cycle() == cycle -> new Program(cycle, requestedAt, false);
                default -> this;
            };
        }
    }

    @EventHandler
    public void on(CandlesRecorded event, CommandGateway commands) {
        if (event.source() != CandleSource.LIVE) {
            return;
        }
        Symbol symbol = event.symbol();
        Instant now = event.knownAt();
        if (isDue(programs.computeIfAbsent(symbol, this::read), now)) {
            Program program = read(symbol);
            programs.put(symbol, program);
            if (isDue(program, now) && !request(symbol, program, now, commands)) {
                // asked again later
                programs.put(symbol, new Program(program.cycle(), postponed(now), false));
            }
        }
    }

    /** Returns a time of the last cycle with which the next date is soon after now. */
    private Instant postponed(Instant now) {
        Instant later = now.plus(RETRY);
        return schedule instanceof TrainingSchedule.Every(Duration period) ? later.minus(period) : now;
    }

    @EventHandler
    public void on(TrainingCycleRequested event) {
        programs.computeIfPresent(event.symbol(), (_, program) -> program.with(event));
    }

    @EventHandler
    public void on(TrainingCycleEnded event) {
        programs.computeIfPresent(event.symbol(), (_, program) -> program.with(event));
    }

    /** A market whose first cycle never began, since it had no candles, gets it with its first live ones. */
    private boolean isDue(Program program, Instant now) {
        if (program.running()) {
            return false;
        }
        return schedule.nextAfter(program.requestedAt())
                .filter(date -> !now.isBefore(date))
                .isPresent();
    }

    private boolean request(Symbol symbol, Program program, Instant now, CommandGateway commands) {
        return CommandSender.accepted(
                commands,
                plan.request(
                        symbol,
                        program.cycle() == 0 ? FirstCyclePolicy.REASON : REASON,
                        now.minus(plan.history()),
                        now.minus(Interval.ONE_MINUTE.length()),
                        CycleSeed.of(symbol, program.cycle() + 1),
                        now));
    }

    private Program read(Symbol symbol) {
        Program program = Program.NONE;
        DomainEventStream events = log.readEvents(TrainingProgramId.of(symbol), 0);
        while (events.hasNext()) {
            program = program.with(events.next().getPayload());
        }
        return program;
    }
}
