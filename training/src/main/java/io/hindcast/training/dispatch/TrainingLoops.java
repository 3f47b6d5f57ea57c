package io.hindcast.training.dispatch;

import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.training.TrainingProperties;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.dataset.DatasetSlicer;
import io.hindcast.training.run.Contacts;
import io.hindcast.training.run.TrainingLog;
import io.micrometer.core.instrument.Gauge;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The two threads of training: one slices datasets, one attends to runs and their machines. */
public final class TrainingLoops {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final SupervisedLoop datasets;
    private final SupervisedLoop runs;

    /** What both loops use. */
    public record Parts(
            OpenWork work, TrainingLog log, Contacts contacts, CommandGateway commands, InstantSource marketClock) {}

    /** @param platform address for workers; empty until it is known */
    public TrainingLoops(
            Parts parts,
            DatasetSlicer slicer,
            ComputeProvider provider,
            Supplier<Optional<URI>> platform,
            SupervisedLoop.Context context,
            TrainingProperties settings) {
        TrainingCommands commands = new TrainingCommands(parts.commands());
        DatasetSlicing slicing =
                new DatasetSlicing(parts.work(), parts.log(), slicer, commands, parts.marketClock(), context.outages());
        Dispatcher dispatcher = new Dispatcher(parts, provider, commands, platform, context.outages(), settings);
        datasets = new SupervisedLoop(
                "dataset slicing",
                "It goes on by itself once the log and the artifact store answer",
                context,
                slicing::turn);
        runs = new SupervisedLoop(
                "training dispatcher",
                "It goes on by itself once the log and the provider of machines answer",
                context,
                dispatcher::turn);
        Gauge.builder(
                        "hindcast.training.open",
                        parts.work(),
                        work -> work.runs().size())
                .description("Training runs that wait or go on")
                .register(context.meters());
    }

    /** Starts both loops. */
    public void start() {
        datasets.start();
        runs.start();
    }

    /** Stops both loops; machines go on. */
    public void stop() {
        datasets.stop(STOPS_WITHIN);
        runs.stop(STOPS_WITHIN);
    }
}
