package io.hindcast.sagas.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.runtime.Outages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Asks for a market's first training cycle when it goes live, unless nothing is recorded of it that could be learned
 * from.
 */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@DisallowReplay
public final class FirstCyclePolicy {
    /** Why the first cycle of a market runs. */
    public static final String REASON = "first";

    private final List<ModelFamily> families;
    private final LabelSpec label;
    private final Duration history;
    private final EventStore log;
    private final Outages outages;

    public FirstCyclePolicy(
            List<ModelFamily> families, LabelSpec label, int historyDays, EventStore log, Outages outages) {
        this.families = List.copyOf(families);
        this.label = label;
        this.history = Duration.ofDays(historyDays);
        this.log = log;
        this.outages = outages;
    }

    private boolean hasBars(Symbol symbol, Instant liveFrom) {
        LocalDate last = dayOf(liveFrom);
        return dayOf(liveFrom.minus(history))
                .datesUntil(last.plusDays(1))
                .anyMatch(day -> log.lastSequenceNumberFor(new MarketDayId(symbol, Interval.ONE_MINUTE, day).toString())
                        .isPresent());
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Delivered again it finds that the symbol has a training program, whatever has become of its first cycle. */
    @EventHandler
    public void on(MarketWentLive event, CommandGateway commands) {
        if (log.lastSequenceNumberFor(TrainingProgramId.of(event.symbol())).isPresent()) {
            return;
        }
        Instant liveFrom = event.liveFrom();
        if (!hasBars(event.symbol(), liveFrom)) {
            outages.degraded(
                    "training of " + event.symbol(),
                    "No training cycle of " + event.symbol() + " was started: no candle of the " + history.toDays()
                            + " days before " + liveFrom + " is recorded",
                    "See that the exchange trades the symbol; once candles have come, ask for a cycle (Train now)");
            return;
        }
        outages.over("training of " + event.symbol());
        Orders.accepted(
                commands,
                new RequestTrainingCycle(
                        event.symbol(),
                        REASON,
                        families,
                        label,
                        liveFrom.minus(history),
                        liveFrom.minus(Interval.ONE_MINUTE.length()),
                        Seeds.of(event.symbol(), 1),
                        liveFrom));
    }
}
