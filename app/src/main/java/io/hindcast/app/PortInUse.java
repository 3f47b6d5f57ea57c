package io.hindcast.app;

import io.hindcast.console.StartFailure;
import org.springframework.boot.web.server.PortInUseException;

/** The failure to listen on a port that another program holds. */
public final class PortInUse {

    private PortInUse() {}

    /** Returns a failure with a line for people if a port in use is among the causes, else the failure itself. */
    public static Throwable explained(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException port) {
                return new StartFailure(message(port.getPort()), failure);
            }
        }
        return failure;
    }

    static String message(int port) {
        return "Port " + port + " is in use by another program. Stop that one, or choose another port with --port.";
    }
}
