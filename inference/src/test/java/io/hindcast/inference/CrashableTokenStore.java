package io.hindcast.inference;

import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** A token store that outlives processes; ignores tokens of a dead process and of rolled-back units of work. */
final class CrashableTokenStore implements TokenStore {
    private final Log log;
    private final BooleanSupplier dead;

    CrashableTokenStore(Log log, BooleanSupplier dead) {
        this.log = log;
        this.dead = dead;
    }

    /** The stored token. */
    static final class Log {
        volatile boolean initialized;
        volatile @Nullable TrackingToken token;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().onCommit(u -> keep(token));
        } else {
            keep(token);
        }
    }

    private void keep(@Nullable TrackingToken token) {
        log.initialized = true;
        if (!dead.getAsBoolean()) {
            log.token = token;
        }
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        return log.token;
    }

    @Override
    public void releaseClaim(String processorName, int segment) {}

    @Override
    public int[] fetchSegments(String processorName) {
        return log.initialized ? new int[] {0} : new int[0];
    }
}
