package io.hindcast.app.cli.remote;

import picocli.CommandLine.Option;

/** The reason for a decision. */
final class Reason {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Reason, kept with the decision; 1 to 500 characters.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String text;

    String text() {
        return text;
    }
}
