package io.hindcast.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.hindcast.api.worker.Heartbeat;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last lines of this process's log, for heartbeats. Thread-safe. */
final class LogTail extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Deque<String> lines = new ArrayDeque<>();

    private LogTail() {}

    /** Begins to collect lines. */
    static LogTail open() {
        LogTail tail = new LogTail();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            tail.setContext(context);
            tail.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(tail);
        }
        return tail;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)) {
            return;
        }
        String cause = event.getThrowableProxy() == null
                ? ""
                : ": " + event.getThrowableProxy().getClassName() + ": "
                        + event.getThrowableProxy().getMessage();
        String line =
                TIME.format(event.getInstant()) + " " + event.getLevel() + " " + event.getFormattedMessage() + cause;
        synchronized (lines) {
            if (lines.size() == Heartbeat.LOG_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line.replaceAll("\\s*\\R\\s*", " / "));
        }
    }

    /** Returns the lines, oldest first. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        }
        stop();
    }
}
