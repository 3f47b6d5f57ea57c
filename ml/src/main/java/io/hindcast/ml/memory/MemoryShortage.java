package io.hindcast.ml.memory;

/** A training that would not fit into memory, refused before it begins. */
public final class MemoryShortage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Room room;
    private final long neededMegabytes;

    /** Which memory is short. */
    public enum Room {
        /** The Java heap, which {@code -Xmx} bounds. */
        HEAP,
        /** What the machine or container has left for everything outside the heap. */
        MACHINE
    }

    MemoryShortage(Room room, long neededMegabytes, String message) {
        super(message);
        this.room = room;
        this.neededMegabytes = neededMegabytes;
    }

    public Room room() {
        return room;
    }

    /** What it would take in all: the least {@code -Xmx}, or the memory that must be free. */
    public long neededMegabytes() {
        return neededMegabytes;
    }
}
