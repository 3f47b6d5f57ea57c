package io.hindcast.api.model;

import java.util.List;

/** Live versions of a symbol at one moment, by model and slot, no slot of a model twice. */
public record SlotViews(List<SlotView> slots) {
    public SlotViews {
        slots = List.copyOf(slots);
    }
}
