package io.hindcast.command.model;

import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionId;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A family on a symbol: its versions 1, 2, 3, … and the slots that hold the live ones. It guarantees that
 *
 * <ul>
 *   <li>a training run becomes one version, however often it is registered;
 *   <li>there is one promotion at a time; an automatic one passes the {@link PromotionGate} or is declined;
 *   <li>slots shift only after the version's lane has joined at a recorded cut and its backfill is completed or given
 *       up;
 *   <li>a lane leaves only when no slot and no promotion holds it, once;
 *   <li>{@code CURRENT} of a pinned model stays until it is unpinned;
 *   <li>the live versions and the {@link Retention} limit of others keep their artifact, older ones are purged.
 * </ul>
 *
 * <p>Every command may be repeated; a repetition changes nothing. {@link ModelState} decides.
 */
public class Model {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private ModelState state = ModelState.EMPTY;

    /** For Axon. */
    public Model() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    VersionId handle(RegisterVersion command) {
        apply(state.decide(command));
        return state.trainedBy(command.trainingRun()).orElseThrow().id();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(BeginPromotion command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(JoinLane command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CompletePromotion command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AbandonPromotion command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(LeaveLane command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PromoteVersion command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RollBack command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PinModel command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UnpinModel command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ArchiveVersion command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(BeginBackfill command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CompleteBackfill command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(GiveUpBackfill command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequestBackfill command) {
        apply(state.decide(command));
    }

    private static void apply(List<ModelEvent> events) {
        events.forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(ModelEvent event) {
        aggregateId = event.version().model().toString();
        state = state.evolve(event);
    }
}
