package io.hindcast.inference;

import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.market.MarketEvent;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.news.ArticleScored;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/** The event processor that all handlers of this room share. */
public final class InferenceProcessor {

    /** Name of the processor and of its processing group. */
    public static final String NAME = "inference";

    /** Puts all events of a symbol into one sequence, across days, models, articles and audits. */
    public static final SequencingPolicy<EventMessage<?>> BY_SYMBOL = event -> switch (event.getPayload()) {
        case MarketEvent e -> e.symbol().value();
        case ModelEvent e -> e.version().model().symbol().value();
        case AuditEvent e -> e.symbol().value();
        case ArticleScored e -> e.symbol().value();
        default -> event.getIdentifier();
    };

    private InferenceProcessor() {}
}
