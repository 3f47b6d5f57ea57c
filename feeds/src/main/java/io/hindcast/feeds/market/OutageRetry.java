package io.hindcast.feeds.market;

import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.UnknownSymbolException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a step of one symbol's feed for as long as the exchange or the database is out of service, with growing
 * waits, and reports the outage meanwhile.
 */
final class OutageRetry {

    private static final Logger log = LoggerFactory.getLogger(OutageRetry.class);

    private static final String DATABASE_REMEDY =
            "It is repeated until the database answers, and a process with the role"
                    + " command; nothing else has to be done.";

    private final FeedContext context;
    private final SymbolFeedReporter status;

    OutageRetry(FeedContext context, SymbolFeedReporter status) {
        this.context = context;
        this.status = status;
    }

    /** A step that may be repeated. */
    interface Step<T> {
        T run() throws InterruptedException;
    }

    /**
     * Returns the result of a step once it succeeds. Any other exception than that of an outage is passed on: refusals
     * and an unknown symbol are the caller's to handle.
     *
     * @param problem effect of the outage, the symbol in it, such as {@code BTCUSDT cannot be opened}
     */
    <T> T run(String problem, Step<T> step) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            Duration wait;
            try {
                T result = step.run();
                if (failures > 1) {
                    status.works();
                }
                return result;
            } catch (UnknownSymbolException e) {
                throw e;
            } catch (ExchangeUnavailableException e) {
                wait = context.outageWait(failures, e.notBefore());
                down(problem, e, e.remedy(), wait);
            } catch (CommandFailedException e) {
                wait = context.settings().commands().retries().backoff().after(failures, context.random());
                down(problem, e, DATABASE_REMEDY, wait);
            }
            context.waits().pause(wait);
        }
    }

    private void down(String problem, RuntimeException cause, String remedy, Duration wait) {
        String sentence = Character.toUpperCase(problem.charAt(0)) + problem.substring(1);
        status.down(sentence + ": " + cause.getMessage(), remedy);
        status.state(FeedState.RECOVERING);
        log.error("{}: {}; retrying in {} ms", problem, cause.getMessage(), wait.toMillis());
    }
}
