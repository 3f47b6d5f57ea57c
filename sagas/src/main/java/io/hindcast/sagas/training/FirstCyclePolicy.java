package io.hindcast.sagas.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingProgramId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Whenever a market goes live, train its models on what is known of it. */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@DisallowReplay
public final class FirstCyclePolicy {
    /** Why the first cycle of a market runs. */
    public static final String REASON = "first";

    private final List<ModelFamily> families;
    private final LabelSpec label;
    private final Duration history;
    private final EventStore log;

    public FirstCyclePolicy(List<ModelFamily> families, LabelSpec label, int historyDays, EventStore log) {
        this.families = List.copyOf(families);
        this.label = label;
        this.history = Duration.ofDays(historyDays);
        this.log = log;
    }

    /** Delivered again it finds that the symbol has a training program, whatever has become of its first cycle. */
    @EventHandler
    public void on(MarketWentLive event, CommandGateway commands) {
        if (log.lastSequenceNumberFor(TrainingProgramId.of(event.symbol())).isPresent()) {
            return;
        }
        Instant liveFrom = event.liveFrom();
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
