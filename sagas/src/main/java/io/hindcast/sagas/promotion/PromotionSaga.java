package io.hindcast.sagas.promotion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.sagas.CommandSender;
import io.hindcast.sagas.training.TrainingCycleSaga;
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
    public void on(LaneJoined event, CommandGateway commands, DeadlineManager deadlines) {
        cancelDeadline(deadlines);
        VersionId joined = event.version();
        CommandSender.accepted(commands, new CompletePromotion(joined.model(), joined.number(), event.joinedAt()));
    }

    @EndSaga
    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(SlotsShifted event, DeadlineManager deadlines) {
        cancelDeadline(deadlines);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionAbandoned event, DeadlineManager deadlines) {
        cancelDeadline(deadlines);
    }

    private void cancelDeadline(DeadlineManager deadlines) {
        String scheduled = deadline;
        if (scheduled != null) {
            deadlines.cancelSchedule(PromotionDeadline.NAME, scheduled);
            deadline = null;
        }
    }
}
