package io.hindcast.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Spring Boot's settings do not reach of logging. */
public final class Logging {

    private Logging() {}

    /**
     * Logback tells of its own troubles, such as a full disk, with a stack trace each time; the disk watch says that
     * once.
     */
    static void keepOwnTroublesOffTheConsole() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            StatusManager statuses = logback.getStatusManager();
            statuses.getCopyOfStatusListenerList().forEach(statuses::remove);
        }
    }

    /** For commands that start no application: what matters they say themselves. */
    public static void off() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }
}
