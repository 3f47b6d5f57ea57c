package io.hindcast.app.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import java.sql.SQLException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class TransientFailureTest {

    @Test
    void classifiesLocalFailures() {
        assertThat(TransientFailure.of(new ConcurrencyException("two writers"))).contains(TransientFailure.CONFLICT);
        assertThat(TransientFailure.of(new CannotCreateTransactionException("database away")))
                .contains(TransientFailure.OUTAGE);
        assertThat(TransientFailure.of(new IllegalStateException(new SQLException("stopping", "57P01"))))
                .contains(TransientFailure.OUTAGE);
        assertThat(TransientFailure.of(new IllegalStateException(new SQLException("no such table", "42P01"))))
                .isEmpty();
        assertThat(TransientFailure.of(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    void aWrappedRefusalIsPermanent() {
        RefusedException refused = RefusedException.of("BAD", "field", 1, "2");
        assertThat(TransientFailure.of(new CommandExecutionException("no", refused)))
                .isEmpty();
    }

    @Test
    void readsTheDetailsOfFailuresInOtherProcesses() {
        assertThat(TransientFailure.of(
                        new CommandExecutionException("two writers, elsewhere", null, TransientFailure.CONFLICT)))
                .contains(TransientFailure.CONFLICT);
        assertThat(TransientFailure.of(new CommandExecutionException("a bug, elsewhere", null)))
                .isEmpty();
        assertThat(TransientFailure.of(new NoHandlerForCommandException("no process with this role")))
                .contains(TransientFailure.OUTAGE);
        assertThat(TransientFailure.of(new AxonServerException("AXONIQ-3001", "server away")))
                .contains(TransientFailure.OUTAGE);
        assertThat(TransientFailure.of(new AxonServerException("AXONIQ-2001", "event too large")))
                .isEmpty();
    }
}
