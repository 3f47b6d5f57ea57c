package io.hindcast.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of logging that Spring Boot has no property for. */
public final class Logging {

    private Logging() {}

    /**
     * Stops Logback from printing its own failures, such as a full disk, with a stack trace each time; the disk watch
     * reports those once.
     */
    public static void keepOwnFailuresOffTheConsole() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            StatusManager statuses = logback.getStatusManager();
            statuses.getCopyOfStatusListenerList().forEach(statuses::remove);
        }
    }

    /** Turns logging off, for commands that start no application and print what matters themselves. */
    public static void off() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }
}
