package io.hindcast.api.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The live and archived versions of one model, by number. A slot that has no version yet is absent. Live and archived
 * versions are disjoint; a version that is neither any more is purged: it keeps its history but loses its artifact.
 *
 * @param live slot to version number; no number twice
 * @param archived at most {@link #ARCHIVE_LIMIT}, newest first
 */
public record Slots(Map<Slot, Integer> live, List<Integer> archived) {

    /** Number of versions beyond the live ones that keep their artifacts. */
    public static final int ARCHIVE_LIMIT = 10;

    public static final Slots EMPTY = new Slots(Map.of(), List.of());

    public Slots {
        EnumMap<Slot, Integer> ordered = new EnumMap<>(Slot.class);
        ordered.putAll(live);
        live = Collections.unmodifiableMap(ordered);
        archived = List.copyOf(archived);
    }

    public Optional<Integer> in(Slot slot) {
        return Optional.ofNullable(live.get(slot));
    }

    /**
     * Returns the slots after version {@code number} is promoted: the first one promoted fills the baseline, later ones
     * the current slot.
     */
    public Promotion promote(int number) {
        EnumMap<Slot, Integer> next = new EnumMap<>(Slot.class);
        next.putAll(live);
        List<Integer> nextArchive = new ArrayList<>(archived);
        List<Integer> purged = new ArrayList<>();
        if (!next.containsKey(Slot.BASELINE)) {
            next.put(Slot.BASELINE, number);
        } else {
            Integer current = next.put(Slot.CURRENT, number);
            Integer previous = current == null ? null : next.put(Slot.PREVIOUS, current);
            if (previous != null) {
                nextArchive.addFirst(previous);
            }
            while (nextArchive.size() > ARCHIVE_LIMIT) {
                purged.add(nextArchive.removeLast());
            }
        }
        return new Promotion(new Slots(next, nextArchive), purged);
    }

    /** The slots after a promotion, and the versions whose artifacts may now be deleted. */
    public record Promotion(Slots slots, List<Integer> purged) {
        public Promotion {
            purged = List.copyOf(purged);
        }
    }
}
