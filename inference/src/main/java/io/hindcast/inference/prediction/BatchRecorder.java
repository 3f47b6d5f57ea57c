package io.hindcast.inference.prediction;

import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.RecordPredictions;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * Sends the commands that result from a batch and waits until all are answered. Any failure is thrown, so that the
 * batch is handled again.
 */
final class BatchRecorder {

    private final CommandGateway commands;
    private final Duration timeout;
    private final InferenceMeters meters;

    BatchRecorder(CommandGateway commands, Duration timeout, InferenceMeters meters) {
        this.commands = commands;
        this.timeout = timeout;
        this.meters = meters;
    }

    void recordPredictions(Map<SymbolFollower, SymbolEventBatch> batches) {
        Timer.Sample sample = meters.startScoring();
        List<CompletableFuture<PredictionsReceipt>> answers = new ArrayList<>();
        List<Instant> candleTimes = new ArrayList<>();
        for (Map.Entry<SymbolFollower, SymbolEventBatch> entry : batches.entrySet()) {
            List<RecordPredictions> predictions = entry.getKey().predict(entry.getValue());
            if (answers.isEmpty() && !predictions.isEmpty()) {
                meters.scored(sample);
            }
            for (RecordPredictions command : predictions) {
                answers.add(commands.send(command));
            }
            if (!predictions.isEmpty()) {
                candleTimes.addAll(entry.getValue().candleTimes);
            }
        }
        if (answers.isEmpty()) {
            return;
        }
        int recorded = 0;
        int dropped = 0;
        for (CompletableFuture<PredictionsReceipt> answer : answers) {
            PredictionsReceipt receipt = await(answer);
            recorded += receipt.recorded();
            dropped += receipt.dropped();
        }
        meters.recorded(recorded, dropped, candleTimes);
    }

    /** Lets scores take effect. Must come after the batch's bars were scored, which do not see these scores. */
    void applyScores(Map<SymbolFollower, SymbolEventBatch> batches) {
        batches.forEach((follower, batch) -> {
            Map<ApplyScore, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
            follower.decideEffects(batch).forEach(command -> answers.put(command, commands.send(command)));
            answers.forEach((command, answer) -> batch.applied.put(command, await(answer)));
        });
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a batch was being recorded", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a batch was not recorded within " + timeout + "; it is handled again", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a batch could not be recorded: " + e.getCause() + "; it is handled again", e.getCause());
        }
    }
}
