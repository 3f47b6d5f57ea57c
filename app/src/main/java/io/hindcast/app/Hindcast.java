package io.hindcast.app;

import io.hindcast.app.cli.HindcastCommand;

/** Where the program begins. */
public final class Hindcast {

    private Hindcast() {}

    public static void main(String[] arguments) {
        // before a class of Axon's is loaded: its update checker calls home and heeds nothing else
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        System.setProperty("java.awt.headless", "true");
        System.exit(HindcastCommand.run(arguments));
    }
}
