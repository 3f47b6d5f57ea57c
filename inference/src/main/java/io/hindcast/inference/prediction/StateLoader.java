package io.hindcast.inference.prediction;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads state on other threads and bounds the wait for it, so that a transaction never outlives its limit: the event
 * that needs the state is handled again until it is there.
 */
final class StateLoader {

    private final Executor readers;
    private final Duration wait;

    /** @param wait longest time for which one attempt waits */
    StateLoader(Executor readers, Duration wait) {
        this.readers = readers;
        this.wait = wait;
    }

    /** Returns the loading under way, or begins another one if there is none or it failed. */
    <T> CompletableFuture<T> load(@Nullable CompletableFuture<T> underWay, Supplier<T> read) {
        return underWay == null || underWay.isCompletedExceptionally()
                ? CompletableFuture.supplyAsync(read, readers)
                : underWay;
    }

    /**
     * Waits for state.
     *
     * @param activity what is under way, for the message, such as "the candles of BTCUSDT are being read"
     * @throws StateLoadingException if it takes longer than one attempt may wait
     * @throws IllegalStateException if loading failed
     */
    <T> T await(CompletableFuture<T> loading, String activity) {
        try {
            return loading.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StateLoadingException(activity + ", which takes longer than " + wait + "; retrying shortly");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateLoadingException(activity + ", and the process shuts down");
        } catch (ExecutionException e) {
            throw new IllegalStateException("failed while " + activity, e.getCause());
        }
    }
}
