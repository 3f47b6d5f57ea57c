package io.hindcast.app.store;

import io.hindcast.api.RefusedException;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Command gateway that gives a refusal to its sender and to nobody else: the gateway it stands on logs each as a
 * warning. Failures are logged as ever. Refusals are counted, and logged at debug level, with the command bus's message
 * times.
 */
final class RefusalsAreAnswers extends DefaultCommandGateway {

    private static final Logger log = LoggerFactory.getLogger(RefusalsAreAnswers.class);

    RefusalsAreAnswers(Builder builder) {
        super(builder);
    }

    @Override
    public <R> CompletableFuture<R> send(Object command) {
        FutureCallback<Object, R> answer = new FutureCallback<>();
        send(command, (CommandMessage<? extends Object> sent, CommandResultMessage<? extends R> result) -> {
            if (result.isExceptional() && RefusedException.in(result.exceptionResult()) == null) {
                log.warn(
                        "{} failed: {}",
                        sent.getCommandName(),
                        result.exceptionResult().toString());
            }
            answer.onResult(sent, result);
        });
        return answer.thenCompose(result -> result.isExceptional()
                ? CompletableFuture.failedFuture(result.exceptionResult())
                : CompletableFuture.completedFuture(result.getPayload()));
    }
}
