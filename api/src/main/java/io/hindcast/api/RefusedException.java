package io.hindcast.api;

import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.messaging.HandlerExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A command or query refused for its content, never because of a technical failure. The {@link Refusal} is carried as
 * Axon's exception details, which are serialised and so also arrive over Axon Server, where exception classes do not.
 */
public class RefusedException extends CommandExecutionException {

    private static final long serialVersionUID = 1L;

    public RefusedException(Refusal refusal) {
        super(refusal.message(), null, refusal);
    }

    public static RefusedException of(String code, String subject, Object actual, String expected) {
        return new RefusedException(new Refusal(code, subject, String.valueOf(actual), expected));
    }

    public Refusal refusal() {
        return (Refusal) getDetails().orElseThrow();
    }

    /** Returns the refusal in a chain of causes, on either side of a bus, or null if there is none. */
    public static @Nullable Refusal in(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HandlerExecutionException e && e.getDetails().orElse(null) instanceof Refusal refusal) {
                return refusal;
            }
        }
        return null;
    }
}
