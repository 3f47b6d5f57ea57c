package io.hindcast.training;

import static io.hindcast.training.TrainingPlatform.BTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.LaunchTrainingRun;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingProgress;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.worker.Assignment;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.api.worker.RunRefusal;
import io.hindcast.api.worker.WorkerApi;
import io.hindcast.ml.hash.Sha256;
import io.hindcast.training.dataset.TestStore;
import io.hindcast.training.run.RunToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run API as a client sees it. The machines do nothing: the test is the worker, with a token of its own. */
@NullUnmarked
class RunApiTest {

    private static final int DAYS = 2;
    private static final JsonMapper JSON = HindcastJson.mapper();
    private static final TrainingFailure FAILURE = new TrainingFailure("it rained", "Wait", false);

    @TempDir
    static Path folder;

    private static TestStore store;
    private static TrainingPlatform platform;
    private static int cycle;

    private final HttpClient http = HttpClient.newHttpClient();
    private TrainingRunId run;
    private String token;

    /** A machine that is there and silent. */
    static final class IdleWorker {
        public static void main(String[] arguments) throws InterruptedException {
            Thread.currentThread().join();
        }
    }

    @BeforeAll
    static void start() {
        store = new TestStore();
        platform = new TrainingPlatform(store.artifacts(), folder, DAYS)
                .withWorker(IdleWorker.class)
                .set("hindcast.training.worker.max-bundle", "100KB")
                .start();
    }

    @AfterAll
    static void close() {
        platform.close();
        store.close();
    }

    @BeforeEach
    void launch() {
        if (cycle > 0) {
            platform.send(new FailTrainingRun(
                    BTC, new TrainingRunId(BTC, cycle, ModelFamily.LIGHTGBM, 1), FAILURE, Instant.EPOCH));
            platform.endCycle(cycle);
        }
        cycle++;
        run = platform.queue(cycle, ModelFamily.LIGHTGBM, DAYS);
        await().until(() -> launches().size() == 1);
        token = launchAgain(launches().getFirst());
    }

    private List<TrainingRunLaunched> launches() {
        return platform.events(TrainingRunLaunched.class).stream()
                .filter(launched -> launched.run().equals(run))
                .toList();
    }

    /** Starts another machine for the run, whose token the test has; returns it. */
    private String launchAgain(TrainingRunLaunched launched) {
        RunToken drawn = RunToken.draw(run, new SecureRandom());
        platform.send(new LaunchTrainingRun(
                BTC,
                run,
                launched.provider(),
                launched.machine(),
                drawn.hash(),
                new TreeMap<>(launched.parameters()),
                Instant.EPOCH));
        return drawn.text();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(platform.address() + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private Assignment assignment() throws Exception {
        HttpResponse<byte[]> response = send(request(WorkerApi.RUN));
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readValue(response.body(), Assignment.class);
    }

    private void assertRefused(HttpResponse<byte[]> response, int status, String reason) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readValue(response.body(), RunRefusal.class).reason()).contains(reason);
    }

    @Test
    void theFirstContactClaimsTheRunAndGivesTheWholeAssignment() throws Exception {
        int claims = platform.events(TrainingRunClaimed.class).size();
        Assignment assignment = assignment();
        assertThat(assignment()).isEqualTo(assignment);

        assertThat(platform.events(TrainingRunClaimed.class)).hasSize(claims + 1);
        assertThat(assignment.run()).isEqualTo(run);
        assertThat(assignment.launch()).isEqualTo(2);
        assertThat(assignment.seed()).isEqualTo(42);
        assertThat(assignment.parameters()).containsEntry("rounds", "12").containsKey("split.testShare");
        assertThat(assignment.parts()).containsOnlyKeys("rows", "bars");
        for (ArtifactRef object :
                List.of(assignment.dataset().manifest(), assignment.parts().get("bars"))) {
            HttpResponse<byte[]> content = send(request(WorkerApi.OBJECTS + "/" + object.sha256()));
            assertThat(Sha256.hex(content.body())).isEqualTo(object.sha256());
        }
    }

    @Test
    void givesNoObjectOfOthers() throws Exception {
        ArtifactRef other = store.artifacts().put(new byte[] {1, 2, 3});
        assertRefused(send(request(WorkerApi.OBJECTS + "/" + other.sha256())), 404, other.sha256());
    }

    @Test
    void refusesRequestsWithoutTokenOfBrowsersAndWithForeignTokens() throws Exception {
        HttpRequest.Builder anonymous = HttpRequest.newBuilder(URI.create(platform.address() + WorkerApi.RUN));
        assertRefused(send(anonymous), 401, "needs the token");
        assertRefused(send(request(WorkerApi.RUN).setHeader("Authorization", "Bearer x.y")), 401, "no token");
        String foreign = RunToken.draw(run, new SecureRandom()).text();
        assertRefused(
                send(request(WorkerApi.RUN).setHeader("Authorization", "Bearer " + foreign)), 401, "not, or no longer");
        String unknown = RunToken.draw(new TrainingRunId(BTC, 999, ModelFamily.TST, 1), new SecureRandom())
                .text();
        assertRefused(send(request(WorkerApi.RUN).setHeader("Authorization", "Bearer " + unknown)), 401, "no such run");
        assertRefused(send(request(WorkerApi.RUN).header("Origin", "http://127.0.0.1")), 401, "not for browsers");
    }

    @Test
    void aRunThatIsOverIsGone() throws Exception {
        assignment();
        platform.send(new FailTrainingRun(BTC, run, FAILURE, Instant.EPOCH));
        assertRefused(send(request(WorkerApi.RUN)), 410, "it rained");
        assertRefused(send(beat(Optional.empty())), 410, "it rained");
    }

    @Test
    void aSupersededWorkerIsRefused() throws Exception {
        assignment();
        String before = token;
        token = launchAgain(launches().getLast());
        assertRefused(send(request(WorkerApi.RUN).setHeader("Authorization", "Bearer " + before)), 401, "no longer");
        assignment();
    }

    @Test
    void recordsMetricsOnceAndNoHeartbeat() throws Exception {
        assertThat(send(beat(Optional.empty())).statusCode()).isEqualTo(204);
        TrainingProgress metrics =
                new TrainingProgress(2, 1, List.of(1, 2), new TreeMap<>(Map.of("loss", List.of(1.0, 0.5))));
        assertThat(send(beat(Optional.of(metrics))).statusCode()).isEqualTo(204);
        assertThat(send(beat(Optional.of(metrics))).statusCode()).isEqualTo(204);
        assertThat(platform.events(TrainingProgramId.progressOf(run), TrainingProgressRecorded.class))
                .singleElement()
                .satisfies(recorded -> assertThat(recorded.progress()).isEqualTo(metrics));
        TrainingProgress ofOther = new TrainingProgress(1, 2, List.of(3), new TreeMap<>());
        assertRefused(send(beat(Optional.of(ofOther))), 422, "launch 1");
        assertRefused(send(request(WorkerApi.PROGRESS).POST(BodyPublishers.ofString("{}"))), 422, "no Heartbeat");
        assertThat(platform.report(run)).hasValueSatisfying(report -> {
            assertThat(report.heartbeat().done()).isEqualTo(1);
            assertThat(report.heartbeat().log()).containsExactly("12:00:01 INFO training");
            assertThat(report.heartbeat().metrics()).isEmpty();
        });
    }

    private HttpRequest.Builder beat(Optional<TrainingProgress> metrics) throws IOException {
        Heartbeat heartbeat =
                new Heartbeat("training", 1, 12, "rounds", "", List.of("12:00:01 INFO training"), metrics);
        return request(WorkerApi.PROGRESS).POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(heartbeat)));
    }

    @Test
    void storesABundleOnceIfItIsTheAnnouncedOneAndNotTooLarge() throws Exception {
        byte[] bundle = new byte[50_000];
        String digest = Sha256.hex(bundle);
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> stored = send(put(digest, bundle));
            assertThat(stored.statusCode()).isEqualTo(200);
            ArtifactRef ref = JSON.readValue(stored.body(), ArtifactRef.class);
            assertThat(store.artifacts().get(ref)).isEqualTo(bundle);
        }
        assertRefused(send(put("0".repeat(64), bundle)), 422, digest);
        byte[] large = new byte[110_000];
        assertRefused(send(put(Sha256.hex(large), large)), 413, "max-bundle");
    }

    private HttpRequest.Builder put(String digest, byte[] bundle) {
        return request(WorkerApi.BUNDLES + "/" + digest).PUT(BodyPublishers.ofByteArray(bundle));
    }

    @Test
    void aReportedFailureEndsTheRun() throws Exception {
        assignment();
        TrainingFailure failure = new TrainingFailure("too little news", "Wait for news", false);
        HttpRequest.Builder report =
                request(WorkerApi.FAILURE).POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(failure)));
        assertThat(send(report).statusCode()).isEqualTo(204);
        assertThat(platform.events(TrainingRunFailed.class).getLast().failure()).isEqualTo(failure);
    }
}
