package io.hindcast.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import java.sql.SQLException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class CommandRetriesTest {

    @Test
    void whatPassesIsTriedAgainAndWhatDoesNotIsNot() {
        assertThat(CommandRetries.limit(new ConcurrencyException("two writers")))
                .isEqualTo(PassingFailure.CONFLICT.attempts());
        assertThat(CommandRetries.limit(new CannotCreateTransactionException("database away")))
                .isEqualTo(PassingFailure.OUTAGE.attempts());
        assertThat(CommandRetries.limit(new IllegalStateException(new SQLException("stopping", "57P01"))))
                .isEqualTo(PassingFailure.OUTAGE.attempts());
        assertThat(CommandRetries.limit(new IllegalStateException(new SQLException("no such table", "42P01"))))
                .isZero();
        assertThat(CommandRetries.limit(new IllegalStateException("a fault"))).isZero();
    }

    @Test
    void aRefusalIsFinalWhateverItIsWrappedIn() {
        RefusedException refused = RefusedException.of("BAD", "field", 1, "2");
        assertThat(CommandRetries.limit(new CommandExecutionException("no", refused)))
                .isZero();
    }

    @Test
    void whatAnotherProcessSaysOfItsFailureCounts() {
        assertThat(CommandRetries.limit(
                        new CommandExecutionException("two writers, elsewhere", null, PassingFailure.CONFLICT)))
                .isEqualTo(PassingFailure.CONFLICT.attempts());
        assertThat(CommandRetries.limit(new CommandExecutionException("a fault, elsewhere", null)))
                .isZero();
        assertThat(CommandRetries.limit(new NoHandlerForCommandException("nobody here right now")))
                .isEqualTo(PassingFailure.OUTAGE.attempts());
        assertThat(CommandRetries.limit(new AxonServerException("AXONIQ-3001", "server away")))
                .isEqualTo(PassingFailure.OUTAGE.attempts());
        assertThat(CommandRetries.limit(new AxonServerException("AXONIQ-2001", "event too large")))
                .isZero();
    }
}
