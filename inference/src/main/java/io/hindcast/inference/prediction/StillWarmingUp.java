package io.hindcast.inference.prediction;

/**
 * State is still being read back; the event is handled again when it is there. Says all in its message, so has no
 * stack.
 */
final class StillWarmingUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StillWarmingUp(String message) {
        super(message, null, false, false);
    }
}
