package io.hindcast.app.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.console.StartFailure;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;

class EventStoreStartupCheckTest {

    @Test
    void waitsForAnAxonServerThatStartsLate() {
        AtomicInteger asked = new AtomicInteger();
        EventStoreStartupCheck.awaitAnswer(answeringAfter(asked, 2), "axon.example.org:8124", Duration.ofMinutes(1));
        assertThat(asked).hasValue(3);
    }

    @Test
    void namesAnAxonServerThatDoesNotAnswerWithTheRemedy() {
        assertThatThrownBy(() -> EventStoreStartupCheck.awaitAnswer(
                        answeringAfter(new AtomicInteger(), Integer.MAX_VALUE), "axon.example.org:8124", Duration.ZERO))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("axon.example.org:8124 does not answer: UNAVAILABLE")
                .hasMessageContaining("axon.axonserver.servers");
    }

    private static EventStore answeringAfter(AtomicInteger asked, int failures) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (asked.getAndIncrement() < failures) {
                        throw new EventStoreException("UNAVAILABLE");
                    }
                    return null;
                });
    }
}
