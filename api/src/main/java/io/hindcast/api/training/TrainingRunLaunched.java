package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.serialization.Revision;

/**
 * A machine is started for a run; only its worker may claim the run.
 *
 * @param launch number of machines started for the run so far, from 1
 * @param provider of the machine, such as {@code local} or {@code kubernetes}
 * @param machine its name, derived from the run
 * @param tokenHash sha-256 (hexadecimal) of the token with which its worker authenticates
 * @param parameters of the trainer, by name
 * @param launchedAt market time
 */
@Revision("1")
public record TrainingRunLaunched(
        TrainingRunId run,
        int launch,
        String provider,
        String machine,
        String tokenHash,
        SortedMap<String, String> parameters,
        Instant launchedAt)
        implements TrainingEvent {

    public TrainingRunLaunched {
        parameters = new TreeMap<>(parameters);
    }

    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
