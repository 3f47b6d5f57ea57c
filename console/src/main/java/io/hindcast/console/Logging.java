package io.hindcast.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logging settings without a Spring Boot property. */
public final class Logging {

    private Logging() {}

    /**
     * Stops Logback from printing its own failures, such as a full disk, with a stack trace each time. The disk watch
     * reports a full disk once.
     */
    public static void keepOwnFailuresOffTheConsole() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            StatusManager statuses = logback.getStatusManager();
            statuses.getCopyOfStatusListenerList().forEach(statuses::remove);
        }
    }

    /** Turns logging off, for commands that run without the platform and print their own messages. */
    public static void off() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** Limits the log to INFO and above, for a process whose output is its log. */
    public static void limit() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        }
    }
}
