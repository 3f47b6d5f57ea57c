package io.hindcast.app;

import io.hindcast.app.cli.HindcastCommand;

/** The main class. */
public final class Hindcast {

    private Hindcast() {}

    public static void main(String[] arguments) {
        // Set before a class of Axon is loaded: its update checker calls home and reads nothing else.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        System.setProperty("java.awt.headless", "true");
        System.exit(HindcastCommand.run(arguments));
    }
}
