package io.hindcast.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where people read: whole lines, and below them one line that is drawn anew while work goes on. What is not a terminal
 * gets lines only. Thread-safe.
 */
public final class Console {

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private @Nullable String live;

    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** The console this process was started in. */
    @SuppressWarnings("SystemConsoleNull") // null again since JDK 25, which went back to its built-in console
    public static Console ofProcess() {
        java.io.Console console = System.console();
        boolean terminal = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Console(
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
                terminal);
    }

    /** True if lines can be drawn anew. */
    public boolean isTerminal() {
        return terminal;
    }

    /** One line that stays. */
    public synchronized void line(String text) {
        if (live != null) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        if (live != null) {
            out.print(live);
            out.flush();
        }
    }

    /** The line that is drawn anew; null takes it away. Does nothing where lines can't be. */
    synchronized void live(@Nullable String text) {
        if (!terminal || (text == null && live == null)) {
            return;
        }
        out.print(text == null ? CLEAR_LINE : CLEAR_LINE + text);
        out.flush();
        live = text;
    }
}
