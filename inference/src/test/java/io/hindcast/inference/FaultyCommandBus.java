package io.hindcast.inference;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.jspecify.annotations.Nullable;

/** A command bus that loses commands or answers, or simulates the death of the process. */
final class FaultyCommandBus implements CommandBus {

    /** Moment of a failure. */
    enum Moment {
        /** The command is not delivered. */
        BEFORE,
        /** The command takes effect, but its answer is lost. */
        AFTER
    }

    private final CommandBus bus;
    private final AtomicInteger left = new AtomicInteger();
    private volatile @Nullable Class<?> command;
    private volatile Moment moment = Moment.BEFORE;
    private volatile boolean fatal;
    private volatile boolean error;
    private volatile Predicate<Object> refused = payload -> false;
    private volatile boolean dead;

    FaultyCommandBus(CommandBus bus) {
        this.bus = bus;
    }

    /** Lets the next commands of this type fail. */
    void fail(Class<?> type, Moment when, int times) {
        moment = when;
        left.set(times);
        fatal = false;
        error = false;
        command = type;
    }

    /** Lets all matching commands fail from now on. */
    void failAlways(Predicate<Object> payload) {
        refused = payload;
    }

    /** Lets sending the next commands of this type throw an {@link OutOfMemoryError}. */
    void failWithError(Class<?> type, int times) {
        fail(type, Moment.BEFORE, times);
        error = true;
    }

    /** Simulates the death of the process at the next command of this type: no later command has an effect. */
    void killAt(Class<?> type, Moment when) {
        fail(type, when, 1);
        fatal = true;
    }

    boolean dead() {
        return dead;
    }

    boolean failed() {
        return left.get() <= 0;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> message) {
        dispatch(message, (asked, result) -> {});
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> message, CommandCallback<? super C, ? super R> callback) {
        if (dead) {
            callback.onResult(
                    message, GenericCommandResultMessage.asCommandResultMessage(new IllegalStateException("dead")));
            return;
        }
        Class<?> type = command;
        boolean hit = type != null && type.isInstance(message.getPayload()) && left.getAndDecrement() > 0;
        if (hit && error) {
            throw new OutOfMemoryError("Java heap space");
        }
        if (refused.test(message.getPayload())) {
            callback.onResult(
                    message,
                    GenericCommandResultMessage.asCommandResultMessage(new IllegalStateException("never works")));
            return;
        }
        if (hit && moment == Moment.BEFORE) {
            dead = fatal;
            callback.onResult(
                    message,
                    GenericCommandResultMessage.asCommandResultMessage(new IllegalStateException("lost before")));
            return;
        }
        CommandCallback<C, R> answer = (asked, result) -> {
            if (hit) {
                dead = fatal;
                callback.onResult(
                        asked,
                        GenericCommandResultMessage.asCommandResultMessage(new IllegalStateException("answer lost")));
            } else {
                callback.onResult(asked, result);
            }
        };
        bus.dispatch(message, answer);
    }

    @Override
    public Registration subscribe(String name, MessageHandler<? super CommandMessage<?>> handler) {
        return bus.subscribe(name, handler);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return bus.registerDispatchInterceptor(interceptor);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return bus.registerHandlerInterceptor(interceptor);
    }
}
