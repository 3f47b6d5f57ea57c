package io.hindcast.command.market;

import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketEvent;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.ReportGap;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's bars of one UTC day, and the minutes that are missing. Which bars enter the log is decided by
 * {@link BarRevisions}, everything else by {@link MarketDayState}. A command is accepted or refused as a whole, and may
 * be repeated, so an interrupted import may be run again.
 */
public class MarketDay {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private @Nullable MarketDayState state;

    /** For Axon. */
    public MarketDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    CandlesReceipt handle(RecordCandles command) {
        List<MarketEvent> events = state(command.marketDay()).decide(command);
        apply(events);
        return receipt(command, events);
    }

    private static CandlesReceipt receipt(RecordCandles command, List<MarketEvent> events) {
        int kept = 0;
        int revised = 0;
        if (!events.isEmpty() && events.getFirst() instanceof CandlesRecorded recorded) {
            kept = recorded.candles().size();
            revised = (int) recorded.revision().stream().filter(n -> n > 0).count();
        }
        return new CandlesReceipt(kept - revised, revised, command.candles().size() - kept);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReportGap command) {
        apply(state(command.marketDay()).decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ConfirmGap command) {
        apply(state(command.marketDay()).decide(command));
    }

    private static void apply(List<MarketEvent> events) {
        events.forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(CandlesRecorded event) {
        begin(event.marketDay()).evolve(event);
    }

    @EventSourcingHandler
    void on(GapDetected event) {
        begin(event.marketDay()).evolve(event);
    }

    @EventSourcingHandler
    void on(GapConfirmed event) {
        begin(event.marketDay()).evolve(event);
    }

    @EventSourcingHandler
    void on(GapRepaired event) {
        begin(event.marketDay()).evolve(event);
    }

    private MarketDayState begin(MarketDayId id) {
        aggregateId = id.toString();
        MarketDayState begun = state(id);
        state = begun;
        return begun;
    }

    private MarketDayState state(MarketDayId id) {
        return state != null ? state : new MarketDayState(id);
    }
}
