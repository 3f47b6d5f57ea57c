package io.hindcast.sagas.audit;

import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.RequestAudit;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsChanged;
import io.hindcast.sagas.CommandSender;
import io.hindcast.sagas.training.TrainingCycleSaga;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Requests an audit of the day of each live version when the day is over on the market's clock, which live candles
 * move. The ids of these audits follow from version and day, so a repeated request, as after a restart, changes
 * nothing. After a stop of several days only the latest one is audited.
 */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@DisallowReplay
public final class DailyAuditPolicy {

    /** Reason of a scheduled audit. */
    public static final String REASON = "scheduled";

    /** Time after midnight within which the day's last bars and articles are still being scored. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final boolean enabled;
    private final EventStore log;
    /** The latest day whose audits were requested by this process. */
    private final Map<Symbol, LocalDate> requested = new ConcurrentHashMap<>();

    public DailyAuditPolicy(boolean enabled, EventStore log) {
        this.enabled = enabled;
        this.log = log;
    }

    @EventHandler
    public void on(CandlesRecorded event, CommandGateway commands) {
        if (!enabled || event.source() != CandleSource.LIVE) {
            return;
        }
        LocalDate day = UtcDay.of(event.knownAt().minus(SETTLED)).minusDays(1);
        LocalDate before = requested.get(event.symbol());
        if (before == null || before.isBefore(day)) {
            request(event.symbol(), day, event.knownAt(), commands);
            requested.put(event.symbol(), day);
        }
    }

    private void request(Symbol symbol, LocalDate day, Instant now, CommandGateway commands) {
        for (ModelFamily family : ModelFamily.values()) {
            ModelId model = new ModelId(family, symbol);
            for (int number : slots(model).live().values()) {
                CommandSender.accepted(
                        commands, new RequestAudit(AuditId.scheduled(model.version(number), day), REASON, now));
            }
        }
    }

    private Slots slots(ModelId model) {
        Slots slots = Slots.EMPTY;
        DomainEventStream events = log.readEvents(model.toString(), 0);
        while (events.hasNext()) {
            if (events.next().getPayload() instanceof SlotsChanged changed) {
                slots = changed.slots();
            }
        }
        return slots;
    }
}
