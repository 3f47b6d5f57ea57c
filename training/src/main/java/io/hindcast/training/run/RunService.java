package io.hindcast.training.run;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.RecordTrainingProgress;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.worker.Assignment;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.api.worker.RunResult;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.model.ModelLog;
import io.hindcast.ml.train.NamedParameters;
import io.hindcast.training.TrainingProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/** What a worker may do with its run. Each method takes the grant of the request's token. Thread-safe. */
public final class RunService {

    private static final long COMMAND_SECONDS = 10;

    private final RunAccess access;
    private final Assignments assignments;
    private final ArtifactStore artifacts;
    private final BundleUpload upload;
    private final Contacts contacts;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    public RunService(
            TrainingLog log,
            ModelLog models,
            ArtifactStore artifacts,
            Contacts contacts,
            CommandGateway commands,
            InstantSource marketClock,
            TrainingProperties settings) {
        this.access = new RunAccess(log);
        this.assignments = new Assignments(models, artifacts, settings);
        this.artifacts = artifacts;
        this.upload = new BundleUpload(artifacts, settings.worker().maxBundle().toBytes());
        this.contacts = contacts;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    /** Returns the run of a token, which counts as a sign of life of its worker. */
    RunAccess.Grant grant(@Nullable String authorization) {
        RunAccess.Grant grant = access.grant(authorization);
        contacts.heard(grant.queued().run());
        return grant;
    }

    /** Claims the run, so that its time limit begins, and returns the assignment. */
    Assignment assignment(RunAccess.Grant grant) {
        TrainingRunId run = grant.queued().run();
        Object claimed = send(
                new ClaimTrainingRun(symbol(grant), run, RunState.worker(grant.launched()), marketClock.instant()));
        if (!Boolean.TRUE.equals(claimed)) {
            throw new RunRefusedException(
                    RunRefusedException.Kind.GONE, "run " + run + " is no longer to be claimed by this worker");
        }
        SortedMap<String, String> parameters = grant.launched().parameters();
        String unit = run.family() == ModelFamily.LIGHTGBM ? "rounds" : "epochs";
        contacts.begin(run, new NamedParameters(parameters).whole(unit), unit);
        return assignments.of(grant);
    }

    ArtifactRef object(RunAccess.Grant grant, String sha256) {
        return assignments.object(grant, sha256);
    }

    void copy(ArtifactRef object, OutputStream out) {
        artifacts.copy(object, out);
    }

    /** Shows progress, and records metrics if there are any. */
    void progress(RunAccess.Grant grant, Heartbeat heartbeat) {
        TrainingRunId run = grant.queued().run();
        contacts.heard(run, heartbeat);
        heartbeat.metrics().ifPresent(metrics -> {
            if (metrics.launch() != grant.launched().launch()) {
                throw new RunRefusedException(
                        RunRefusedException.Kind.BAD_CONTENT,
                        "metrics of launch " + metrics.launch() + ", expected those of "
                                + grant.launched().launch());
            }
            send(new RecordTrainingProgress(symbol(grant), run, metrics, marketClock.instant()));
        });
    }

    ArtifactRef bundle(String sha256, InputStream content) throws IOException {
        return upload.store(sha256, content);
    }

    /** Ends the run as succeeded. */
    void succeed(RunAccess.Grant grant, RunResult result) {
        String dataset = grant.queued().dataset().manifest().sha256();
        if (!result.provenance().datasetDigest().equals(dataset)) {
            throw new RunRefusedException(
                    RunRefusedException.Kind.BAD_CONTENT,
                    "the model was trained on dataset " + result.provenance().datasetDigest() + ", expected "
                            + dataset);
        }
        if (!artifacts.exists(result.bundle())) {
            throw new RunRefusedException(
                    RunRefusedException.Kind.BAD_CONTENT,
                    "the bundle " + result.bundle().sha256() + " is not stored, expected it before the result");
        }
        send(new CompleteTrainingRun(
                symbol(grant),
                grant.queued().run(),
                result.bundle(),
                result.scorer(),
                result.provenance(),
                result.evaluation(),
                marketClock.instant()));
    }

    /** Ends the run as failed. */
    void fail(RunAccess.Grant grant, TrainingFailure failure) {
        send(new FailTrainingRun(symbol(grant), grant.queued().run(), failure, marketClock.instant()));
    }

    private static Symbol symbol(RunAccess.Grant grant) {
        return grant.queued().symbol();
    }

    private Object send(Object command) {
        Object answer = commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
        return answer == null ? "" : answer;
    }
}
