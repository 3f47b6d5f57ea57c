package io.hindcast.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Console output: permanent lines, and on a terminal one status line below them that is redrawn in place. Thread-safe.
 */
public final class Console {

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private @Nullable String status;

    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Returns the console of this process. */
    @SuppressWarnings("SystemConsoleNull") // null again since JDK 25, which went back to its built-in console
    public static Console ofProcess() {
        java.io.Console console = System.console();
        boolean terminal = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Console(
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
                terminal);
    }

    /** Returns whether lines can be redrawn. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Prints a permanent line. */
    public synchronized void line(String text) {
        if (status != null) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        if (status != null) {
            out.print(status);
            out.flush();
        }
    }

    /** Redraws the status line, or removes it for null. Has no effect except on a terminal. */
    synchronized void status(@Nullable String text) {
        if (!terminal || (text == null && status == null)) {
            return;
        }
        out.print(text == null ? CLEAR_LINE : CLEAR_LINE + text);
        out.flush();
        status = text;
    }
}
