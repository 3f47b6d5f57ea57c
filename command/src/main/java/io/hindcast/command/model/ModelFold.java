package io.hindcast.command.model;

import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.RolledBack;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsChanged;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;
import io.hindcast.command.model.ModelVersion.Lane;
import io.hindcast.command.model.ModelVersion.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Computes the state of a model after an event. */
final class ModelFold {

    private final List<ModelVersion> versions;
    private final List<Integer> idle;
    private Slots slots;
    private Optional<Integer> promoting;
    private boolean pinned;
    private Optional<Integer> rolledBack;

    private ModelFold(ModelState state) {
        versions = new ArrayList<>(state.versions());
        idle = new ArrayList<>(state.idle());
        slots = state.slots();
        promoting = state.promoting();
        pinned = state.pinned();
        rolledBack = state.rolledBack();
    }

    static ModelState after(ModelState state, ModelEvent event) {
        ModelFold fold = new ModelFold(state);
        fold.on(event);
        return new ModelState(fold.versions, fold.slots, fold.idle, fold.promoting, fold.pinned, fold.rolledBack);
    }

    private void on(ModelEvent event) {
        int number = event.version().number();
        switch (event) {
            case VersionRegistered registered -> {
                versions.add(ModelVersion.of(registered));
                idle.addFirst(number);
            }
            case PromotionBegun _ -> {
                state(number, VersionState.PROMOTING);
                promoting = Optional.of(number);
            }
            case PromotionDeclined _ -> state(number, VersionState.DECLINED);
            case PromotionAbandoned _ -> {
                state(number, VersionState.ABANDONED);
                promoting = Optional.empty();
            }
            case LaneJoined _ ->
                change(number, version -> version.with(Lane.JOINED).with(Past.PENDING));
            case BackfillRequested _ -> change(number, version -> version.with(Past.PENDING));
            case BackfillBegun _ -> change(number, version -> version.with(Past.RUNNING));
            case BackfillCompleted _ -> change(number, version -> version.with(Past.COMPLETE));
            case BackfillGivenUp _ -> change(number, version -> version.with(Past.GIVEN_UP));
            case LaneLeft _ -> change(number, version -> version.with(Lane.LEFT));
            case SlotsChanged changed -> on(changed);
            case ModelPinned _ -> pinned = true;
            case ModelUnpinned _ -> pinned = false;
            case VersionPurged _ -> {
                state(number, VersionState.PURGED);
                noLongerIdle(number);
            }
        }
    }

    private void on(SlotsChanged event) {
        slots.live().values().stream()
                .filter(number -> event.slots().slotOf(number).isEmpty())
                .forEach(this::archive);
        event.slots().live().values().forEach(number -> {
            state(number, VersionState.LIVE);
            noLongerIdle(number);
        });
        slots = event.slots();
        rolledBack = Optional.empty();
        switch (event) {
            case SlotsShifted _ -> promoting = Optional.empty();
            case RolledBack back -> rolledBack = Optional.of(back.version().number());
            case VersionArchived archived -> archive(archived.version().number());
        }
    }

    private void archive(int number) {
        state(number, VersionState.ARCHIVED);
        noLongerIdle(number);
        idle.addFirst(number);
    }

    private void noLongerIdle(int number) {
        idle.removeIf(other -> other == number);
    }

    private void state(int number, VersionState next) {
        change(number, version -> version.with(next));
    }

    private void change(int number, UnaryOperator<ModelVersion> change) {
        versions.set(number - 1, change.apply(versions.get(number - 1)));
    }
}
