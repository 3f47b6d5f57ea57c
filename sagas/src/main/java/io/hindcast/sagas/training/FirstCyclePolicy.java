package io.hindcast.sagas.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.runtime.Outages;
import io.hindcast.sagas.CommandSender;
import java.time.Instant;
import java.time.LocalDate;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Requests a market's first training cycle when it goes live, unless no candle of its history is recorded. */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@DisallowReplay
public final class FirstCyclePolicy {
    /** Reason of a market's first cycle. */
    public static final String REASON = "first";

    private final TrainingPlan plan;
    private final EventStore log;
    private final Outages outages;

    public FirstCyclePolicy(TrainingPlan plan, EventStore log, Outages outages) {
        this.plan = plan;
        this.log = log;
        this.outages = outages;
    }

    private boolean hasBars(Symbol symbol, Instant liveFrom) {
        LocalDate last = UtcDay.of(liveFrom);
        return UtcDay.of(liveFrom.minus(plan.history()))
                .datesUntil(last.plusDays(1))
                .anyMatch(day -> log.lastSequenceNumberFor(new MarketDayId(symbol, Interval.ONE_MINUTE, day).toString())
                        .isPresent());
    }

    /** A repeated delivery changes nothing: the symbol then has a training program, whatever became of its cycle. */
    @EventHandler
    public void on(MarketWentLive event, CommandGateway commands) {
        if (log.lastSequenceNumberFor(TrainingProgramId.of(event.symbol())).isPresent()) {
            return;
        }
        Instant liveFrom = event.liveFrom();
        if (!hasBars(event.symbol(), liveFrom)) {
            outages.degraded(
                    "training of " + event.symbol(),
                    "No training cycle of " + event.symbol() + " was started: no candle of the "
                            + plan.history().toDays() + " days before " + liveFrom + " is recorded",
                    "Check that the exchange trades the symbol; once candles are recorded, request a cycle (Train now)");
            return;
        }
        outages.over("training of " + event.symbol());
        CommandSender.accepted(
                commands,
                plan.request(
                        event.symbol(),
                        REASON,
                        liveFrom.minus(plan.history()),
                        liveFrom.minus(Interval.ONE_MINUTE.length()),
                        CycleSeed.of(event.symbol(), 1),
                        liveFrom));
    }
}
