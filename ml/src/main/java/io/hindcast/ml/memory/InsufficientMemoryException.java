package io.hindcast.ml.memory;

/** Thrown before a training begins if it would not fit into memory. */
public final class InsufficientMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Room room;
    private final long neededMegabytes;

    /** The memory that is short. */
    public enum Room {
        /** The Java heap, which {@code -Xmx} bounds. */
        HEAP,
        /** The memory that the machine or container has left outside the heap. */
        MACHINE
    }

    InsufficientMemoryException(Room room, long neededMegabytes, String message) {
        super(message);
        this.room = room;
        this.neededMegabytes = neededMegabytes;
    }

    public Room room() {
        return room;
    }

    /** Returns the total need: the least {@code -Xmx}, or the memory that must be free. */
    public long neededMegabytes() {
        return neededMegabytes;
    }
}
