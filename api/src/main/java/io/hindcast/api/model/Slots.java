package io.hindcast.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The live versions of one model, by number. A slot without a version is absent.
 *
 * @param live slot to version number; no number twice
 */
public record Slots(@JsonValue Map<Slot, Integer> live) {

    /** Number of versions beyond the live ones that keep their artifacts. */
    public static final int ARCHIVE_LIMIT = 10;

    public static final Slots EMPTY = new Slots(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Slots {
        EnumMap<Slot, Integer> ordered = new EnumMap<>(Slot.class);
        ordered.putAll(live);
        live = Collections.unmodifiableMap(ordered);
    }

    public Optional<Integer> in(Slot slot) {
        return Optional.ofNullable(live.get(slot));
    }

    /** Returns the slot of a version, if it is live. */
    public Optional<Slot> slotOf(int number) {
        return live.entrySet().stream()
                .filter(slot -> slot.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Returns the slots after version {@code number} is promoted: the first one promoted fills the baseline; later ones
     * become current, and the one that was current becomes previous.
     */
    public Slots promote(int number) {
        if (!live.containsKey(Slot.BASELINE)) {
            return with(Slot.BASELINE, Optional.of(number));
        }
        Slots shifted = in(Slot.CURRENT).isPresent() ? with(Slot.PREVIOUS, in(Slot.CURRENT)) : this;
        return shifted.with(Slot.CURRENT, Optional.of(number));
    }

    /** Returns the slots after the current and the previous version are swapped. */
    public Slots swap() {
        return with(Slot.CURRENT, in(Slot.PREVIOUS)).with(Slot.PREVIOUS, in(Slot.CURRENT));
    }

    /** Returns the slots without a version; if it was current, the previous one becomes current. */
    public Slots without(int number) {
        Optional<Slot> slot = slotOf(number);
        if (slot.isEmpty()) {
            return this;
        }
        return slot.get() == Slot.CURRENT
                ? with(Slot.CURRENT, in(Slot.PREVIOUS)).with(Slot.PREVIOUS, Optional.empty())
                : with(slot.get(), Optional.empty());
    }

    private Slots with(Slot slot, Optional<Integer> number) {
        Map<Slot, Integer> next = new EnumMap<>(Slot.class);
        next.putAll(live);
        next.remove(slot);
        number.ifPresent(version -> next.put(slot, version));
        return new Slots(next);
    }
}
