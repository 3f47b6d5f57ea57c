package io.hindcast.app;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.boot.web.server.PortInUseException;

/** Detects and explains a port that another program uses. */
public final class PortInUse {

    /** Port number that stands for any free port. */
    private static final int ANY_PORT = 0;

    private PortInUse() {}

    /** Returns a failure with an explanation if one of the causes is a port in use, else the failure itself. */
    public static Throwable explain(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException port) {
                return new StartFailure(message(port.getPort()), failure);
            }
        }
        return failure;
    }

    /** Fails if the web server's port is taken, before anything expensive starts. */
    static void requireFree(Map<String, String> properties) {
        int port = Integer.parseInt(properties.getOrDefault("server.port", "0"));
        if (port == ANY_PORT) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(properties.getOrDefault("server.address", "127.0.0.1")), port));
        } catch (BindException e) {
            throw new StartFailure(message(port), e);
        } catch (IOException e) {
            throw new StartFailure(
                    "Port " + port + " cannot be listened on: " + e.getMessage() + ". Choose another one with --port.",
                    e);
        }
    }

    private static String message(int port) {
        return "Port " + port + " is in use by another program. Stop that one, or choose another port with --port.";
    }
}
