package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Requests a training cycle of a symbol on its newest data, with the families, label and history that the platform is
 * set to. Refused with {@code NO_CANDLES} if none is recorded, with {@code CYCLE_RUNNING} while a cycle runs. Answered
 * by a {@link TrainingCycleView}.
 *
 * @param requestedAt market time
 */
public record RetrainSymbol(@RoutingKey Symbol symbol, Instant requestedAt) {}
