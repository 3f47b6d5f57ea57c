package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records that a machine is started for a queued run, before it is started. Repeating it for the same machine and token
 * changes nothing; another machine replaces the earlier one, whose token is void from then on.
 *
 * @param provider of the machine, such as {@code local} or {@code kubernetes}
 * @param machine its name, derived from the run
 * @param tokenHash sha-256 (hexadecimal) of the token with which its worker authenticates
 * @param parameters of the trainer, by name
 * @param launchedAt market time
 */
public record LaunchTrainingRun(
        Symbol symbol,
        TrainingRunId run,
        String provider,
        String machine,
        String tokenHash,
        SortedMap<String, String> parameters,
        Instant launchedAt) {

    public LaunchTrainingRun {
        parameters = new TreeMap<>(parameters);
    }

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
