package io.hindcast.sagas.promotion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.sagas.CommandSender;
import io.hindcast.sagas.training.TrainingCycleSaga;
import java.time.Instant;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/**
 * Takes one promotion from its beginning to the shift of the slots, whoever asked for it: a training cycle or a person.
 * Live lanes go on whatever becomes of it.
 *
 * <p>As in {@link TrainingCycleSaga}, every step only sends idempotent commands, and repeated or late events change
 * nothing.
 */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE,
        setterVisibility = Visibility.NONE,
        creatorVisibility = Visibility.NONE)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PromotionSaga {

    private static final String BY_VERSION = "version";

    private @Nullable VersionId version;
    private @Nullable String deadline;
    private @Nullable String backfillDeadline;

    @StartSaga
    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionBegun event, DeadlineManager deadlines, PromotionLimits limits) {
        if (version == null) {
            version = event.version();
            deadline = deadlines.schedule(
                    limits.joinTimeout(), PromotionDeadline.NAME, new PromotionDeadline(event.version()));
        }
    }

    /**
     * If the promotion was completed in the meantime, the aggregate refuses; if its lane has only just joined, the
     * promotion is abandoned and the lane leaves again.
     */
    @DeadlineHandler(deadlineName = PromotionDeadline.NAME)
    public void on(PromotionDeadline passed, CommandGateway commands, PromotionLimits limits) {
        VersionId late = passed.version();
        if (deadline != null && late.equals(version)) {
            String reason = "its lane did not join within " + limits.joinTimeout();
            CommandSender.accepted(commands, new AbandonPromotion(late.model(), late.number(), reason, limits.now()));
        }
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(LaneJoined event, DeadlineManager deadlines, PromotionLimits limits) {
        if (backfillDeadline == null) {
            cancelDeadlines(deadlines);
            backfillDeadline = deadlines.schedule(
                    limits.backfillTimeout(), BackfillDeadline.NAME, new BackfillDeadline(event.version()));
        }
    }

    /** A backfill that takes too long does not hold up the promotion: the version goes live with an incomplete past. */
    @DeadlineHandler(deadlineName = BackfillDeadline.NAME)
    public void on(BackfillDeadline passed, CommandGateway commands, PromotionLimits limits) {
        VersionId late = passed.version();
        if (backfillDeadline != null && late.equals(version)) {
            String reason = "it was not completed within " + limits.backfillTimeout();
            CommandSender.accepted(commands, new GiveUpBackfill(late.model(), late.number(), reason, limits.now()));
        }
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(BackfillCompleted event, CommandGateway commands, DeadlineManager deadlines) {
        complete(event.version(), event.completedAt(), commands, deadlines);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(BackfillGivenUp event, CommandGateway commands, DeadlineManager deadlines) {
        complete(event.version(), event.givenUpAt(), commands, deadlines);
    }

    private void complete(VersionId settled, Instant at, CommandGateway commands, DeadlineManager deadlines) {
        cancelDeadlines(deadlines);
        CommandSender.accepted(commands, new CompletePromotion(settled.model(), settled.number(), at));
    }

    @EndSaga
    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(SlotsShifted event, DeadlineManager deadlines) {
        cancelDeadlines(deadlines);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionAbandoned event, DeadlineManager deadlines) {
        cancelDeadlines(deadlines);
    }

    private void cancelDeadlines(DeadlineManager deadlines) {
        String join = deadline;
        if (join != null) {
            deadlines.cancelSchedule(PromotionDeadline.NAME, join);
            deadline = null;
        }
        String backfill = backfillDeadline;
        if (backfill != null) {
            deadlines.cancelSchedule(BackfillDeadline.NAME, backfill);
            backfillDeadline = null;
        }
    }
}
