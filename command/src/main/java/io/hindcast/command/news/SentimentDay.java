package io.hindcast.command.news;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ScoreTookEffect;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The scores of articles that bars of one symbol came to see on one UTC day. The first score of a text stays in effect
 * whatever other versions make of it later, because bars were scored with it.
 */
public class SentimentDay {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private SentimentDayState state = SentimentDayState.NONE;

    /** For Axon. */
    public SentimentDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ApplyScore command) {
        List<ScoreTookEffect> events = state.decide(command);
        events.forEach(event -> apply(event));
        return !events.isEmpty();
    }

    @EventSourcingHandler
    void on(ScoreTookEffect event) {
        aggregateId = event.sentimentDay().toString();
        state = state.after(event);
    }
}
