package io.hindcast.inference.backfill;

import io.hindcast.api.prediction.PredictionsReceipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Sends the commands that record a day of a backfill, and counts what was recorded. Thread-safe. */
final class DayRecorder {

    private static final long ANSWER_SECONDS = 30;

    private final CommandGateway commands;
    private final Counter days;
    private final Counter predictions;

    DayRecorder(CommandGateway commands, MeterRegistry meters) {
        this.commands = commands;
        this.days = Counter.builder("hindcast.backfill.days")
                .description("Days of versions that backfills recorded")
                .register(meters);
        this.predictions = Counter.builder("hindcast.backfill.predictions")
                .description("Predictions and scores of articles that backfills recorded")
                .register(meters);
    }

    /** Sends a command and waits until it is answered; throws the refusal or the failure. */
    void record(Object command) {
        PredictionsReceipt receipt = commands.sendAndWait(command, ANSWER_SECONDS, TimeUnit.SECONDS);
        days.increment();
        predictions.increment(receipt == null ? 0 : receipt.recorded());
    }
}
