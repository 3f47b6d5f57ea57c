package io.hindcast.projections;

import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.RolledBack;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Adds decisions about versions to a script in which versions 1 and 2 are live as baseline and current. */
public final class RegistryScript {

    private final MarketScript script;

    public RegistryScript(MarketScript script) {
        this.script = script;
    }

    public static Attribution because(String reason, Instant at) {
        return new Attribution("local", reason, at);
    }

    /**
     * Adds a declined version 3, promoted by a person; a rollback, a pin and an unpin; versions archived, abandoned and
     * purged. One minute apart; at the end versions 1 and 2 are live as baseline and current again.
     */
    public void decisions(Instant from) {
        Instant at = from;
        register(3, at);
        add(new PromotionDeclined(script.version(3), "it is degenerate", at));
        at = at.plus(Duration.ofMinutes(1));
        add(begun(3, because("it trades less", at)));
        add(shifted(3, Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 2, Slot.CURRENT, 3), at));
        at = at.plus(Duration.ofMinutes(1));
        add(new RolledBack(
                script.version(3),
                new Slots(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 3, Slot.CURRENT, 2)),
                because("it trades too little", at)));
        at = at.plus(Duration.ofMinutes(1));
        add(new ModelPinned(script.version(2), because("holiday", at)));
        add(new ModelUnpinned(script.version(2), because("holiday is over", at)));
        at = at.plus(Duration.ofMinutes(1));
        add(new VersionArchived(
                script.version(3), new Slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2)), because("not needed", at)));
        register(4, at);
        add(begun(4, because("try it", at)));
        add(new PromotionAbandoned(script.version(4), "corrupt", at));
        add(new VersionPurged(script.version(3), registered(3, at).artifact(), at));
    }

    /** Adds a registration. */
    public void register(int number, Instant at) {
        add(registered(number, at));
    }

    /** Adds a change of the slots. */
    public void shift(int number, Map<Slot, Integer> live, Instant at) {
        add(shifted(number, live, at));
    }

    private VersionRegistered registered(int number, Instant at) {
        return MarketScript.registered(script.version(number), LabelSpec.DEFAULT, at);
    }

    private PromotionBegun begun(int number, Attribution decision) {
        VersionRegistered version = registered(number, decision.at());
        return new PromotionBegun(
                version.version(), version.artifact(), version.scorer(), decision.at(), Optional.of(decision));
    }

    private SlotsShifted shifted(int number, Map<Slot, Integer> live, Instant at) {
        return new SlotsShifted(script.version(number), new Slots(live), at);
    }

    private void add(ModelEvent event) {
        script.event("Model", event.version().model().toString(), event);
    }
}
