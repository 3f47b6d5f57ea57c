package io.hindcast.worker;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.worker.Assignment;
import io.hindcast.api.worker.ExitCode;
import io.hindcast.api.worker.RunResult;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.parquet.DatasetFiles;
import io.hindcast.ml.parquet.DatasetManifest;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one run, from the assignment to the accepted result. */
public final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    /** Time for a training to notice that it is over, before the process is ended all the same. */
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(5);

    private final WorkerOptions options;
    private final PlatformClient platform;
    private final Consumer<ExitCode> halt;
    private final AtomicReference<@Nullable RuntimeException> over = new AtomicReference<>();

    /** @param halt ends the process at once; called if it does not end by itself after its run is lost */
    public Worker(WorkerOptions options, Consumer<ExitCode> halt) {
        this.options = options;
        this.platform = new PlatformClient(options);
        this.halt = halt;
    }

    /** Does the run and returns how the process is to exit. */
    public ExitCode run() {
        options.parent().ifPresent(this::watchParent);
        try {
            return work(platform.assignment());
        } catch (LostRunException e) {
            log.info("The run is lost: {}", e.getMessage());
            return ExitCode.LOST;
        } catch (UnreachableException e) {
            log.error("{}", e.getMessage());
            return ExitCode.UNREACHABLE;
        }
    }

    private ExitCode work(Assignment assignment) {
        log.info("Run {}, launch {}", assignment.run(), assignment.launch());
        TrainingFailure failure;
        try (RunReporter reporter = new RunReporter(
                platform,
                new MetricsBatches(assignment.launch(), System::nanoTime),
                assignment.limits().heartbeat(),
                FamilyTraining.unit(assignment.run().family()),
                this::leave)) {
            RunResult result = train(assignment, reporter);
            platform.succeed(result);
            log.info("Run {} is done", assignment.run());
            return ExitCode.DONE;
        } catch (LostRunException | UnreachableException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            log.error("Out of memory: {}", e.getMessage());
            return ExitCode.OUT_OF_MEMORY;
        } catch (Throwable e) { // any other failure ends the run with its reason
            RuntimeException end = over.get();
            if (end != null) {
                throw end;
            }
            log.error("Run {} failed", assignment.run(), e);
            failure = RunFailures.of(e);
        }
        platform.fail(failure);
        return ExitCode.FAILED;
    }

    private RunResult train(Assignment assignment, RunReporter reporter) throws IOException {
        TrainingControl control = new TrainingControl(
                reporter, () -> over.get() != null, assignment.limits().timeBudget());
        Path folder = Files.createTempDirectory(options.folder(), "dataset-");
        TrainedModel model;
        ModelBundle bundle;
        Optional<Comparison> comparison;
        try {
            DatasetFiles files = load(assignment, folder, reporter);
            reporter.activity("training");
            model = new FamilyTraining(options.modelCache()).train(assignment, files, control);
            bundle = model.bundle(assignment.dataset().position());
            comparison = compare(assignment, files, bundle, model, reporter);
        } finally {
            delete(folder);
        }
        reporter.activity("uploading");
        ArtifactRef stored = platform.upload(bundle.toBytes());
        log.info(
                "{} rounds ({}), export within {}, test accuracy {}, bundle {}",
                model.rounds(),
                model.stopReason(),
                model.exportDifference(),
                model.evaluation().accuracy(),
                stored.sha256());
        reporter.finish(model.evaluation()
                .degenerate()
                .map(signal -> "degenerate: predicts " + signal + " whatever it reads")
                .orElse("trained"));
        Evaluation evaluation = bundle.evaluation();
        return new RunResult(
                stored,
                bundle.scorer(),
                bundle.provenance(),
                comparison.map(evaluation::comparedBy).orElse(evaluation));
    }

    /**
     * Compares the model with the version in {@code CURRENT}. The result is not part of the bundle, which depends on
     * dataset, parameters and seed alone. Without a result the model counts as not compared.
     */
    private Optional<Comparison> compare(
            Assignment assignment, DatasetFiles files, ModelBundle bundle, TrainedModel model, RunReporter reporter) {
        Assignment.Champion champion = assignment.champion().orElse(null);
        if (champion == null) {
            return Optional.empty();
        }
        reporter.activity("comparing");
        try {
            Optional<Comparison> result = new ChampionScoring(files, bundle)
                    .compare(
                            champion.version(),
                            ModelBundle.read(platform.object(champion.bundle())),
                            model,
                            this::throwIfOver);
            log.info("Compared with {}: {}", champion.version(), result.isPresent() ? result.get() : "not comparable");
            return result;
        } catch (LostRunException | UnreachableException e) {
            throw e;
        } catch (RuntimeException e) {
            throwIfOver();
            log.warn("Not compared with {}", champion.version(), e);
            return Optional.empty();
        }
    }

    private void throwIfOver() {
        RuntimeException end = over.get();
        if (end != null) {
            throw end;
        }
    }

    private DatasetFiles load(Assignment assignment, Path folder, RunReporter reporter) {
        reporter.activity("loading");
        DatasetManifest manifest =
                DatasetManifest.fromJson(platform.object(assignment.dataset().manifest()));
        FamilyTraining.checkMemory(assignment, manifest);
        for (String part : FamilyTraining.parts(assignment.run().family())) {
            ArtifactRef object = manifest.parts().get(part);
            if (object == null) {
                throw new IllegalArgumentException("the dataset has no " + part + ", which "
                        + assignment.run().family() + " is trained on");
            }
            platform.download(object, folder.resolve(part));
        }
        return new DatasetFiles(folder, manifest);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cancels the training, and ends the process if that takes too long, as within a long native call. */
    private void leave(RuntimeException why) {
        if (!over.compareAndSet(null, why)) {
            return;
        }
        log.info("Ending: {}", why.getMessage());
        try {
            Thread.sleep(LEAVES_WITHIN);
        } catch (InterruptedException e) {
            return;
        }
        halt.accept(why instanceof UnreachableException ? ExitCode.UNREACHABLE : ExitCode.LOST);
    }

    private void watchParent(long pid) {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            ProcessHandle.of(pid).ifPresent(parent -> parent.onExit().join());
            log.info("Process {} is gone, and with it the run", pid);
            halt.accept(ExitCode.LOST);
        });
    }
}
