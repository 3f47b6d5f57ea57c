package io.hindcast.app.cli;

import picocli.CommandLine;

/** The program's command line, for tests of other packages. */
public final class TestCommandLine {

    private TestCommandLine() {}

    public static CommandLine create() {
        return HindcastCommand.commandLine();
    }
}
