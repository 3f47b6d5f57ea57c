package io.hindcast.feeds.market;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one symbol's commands and retries those that fail for a reason outside the command. Thread-safe. */
final class CommandSender {

    private static final Logger log = LoggerFactory.getLogger(CommandSender.class);

    private final Symbol symbol;
    private final MarketBus bus;
    private final FeedSettings.Commands settings;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final SymbolFeedReporter status;

    CommandSender(
            Symbol symbol,
            MarketBus bus,
            FeedSettings.Commands settings,
            WallTimer waits,
            RandomGenerator random,
            SymbolFeedReporter status) {
        this.symbol = symbol;
        this.bus = bus;
        this.settings = settings;
        this.waits = waits;
        this.random = random;
        this.status = status;
    }

    /**
     * Sends a command and waits until it was handled.
     *
     * @throws RefusedException if the command was refused
     * @throws CommandFailedException if the retries are used up
     */
    void send(Object command) throws InterruptedException {
        send(command.getClass().getSimpleName(), () -> bus.send(command));
    }

    /**
     * Sends a command and waits for its result.
     *
     * @param description of the command, for log lines
     * @param command sends it; called once per attempt
     * @throws RefusedException if the command was refused
     * @throws CommandFailedException if the retries are used up
     */
    <R> R send(String description, Supplier<CompletableFuture<R>> command) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return command.get().get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException e) {
                failure = e;
            } catch (RuntimeException e) {
                failure = e; // thrown by the bus itself
            }
            Refusal refusal = RefusedException.in(failure);
            if (refusal != null) {
                throw new RefusedException(refusal);
            }
            String reason = CommandFailedException.reason(failure);
            Optional<Duration> wait = settings.retries().waitAfter(attempt, random);
            if (wait.isEmpty()) {
                throw new CommandFailedException(description + " failed " + attempt + " times: " + reason, failure);
            }
            log.warn(
                    "{}: {} failed ({}); retrying in {} ms",
                    symbol,
                    description,
                    reason,
                    wait.get().toMillis());
            status.commandRetry();
            waits.pause(wait.get());
        }
    }
}
