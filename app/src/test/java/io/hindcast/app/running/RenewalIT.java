package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.artifacts.EmbeddedS3;
import io.hindcast.artifacts.S3Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The packaged program left alone for ten training cycles, each disturbed at a random moment. Kinds and moments are
 * drawn from a seed; every kind occurs. In the end every bar is recorded once, every version has a complete past, and
 * nothing of a training is left.
 */
@Execution(ExecutionMode.CONCURRENT)
class RenewalIT {

    private static final int CYCLES = 10;
    private static final long SEED = 20220101;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What happens to a cycle. */
    private enum Trouble {
        WORKER_KILLED,
        OUT_OF_MEMORY,
        STORE_DOWN,
        DATABASE_CRASH,
        DEADLINE_PASSED,
        PLATFORM_KILLED;

        /** Returns the settings with which it occurs. */
        Map<String, String> settings() {
            return switch (this) {
                case OUT_OF_MEMORY -> Map.of("HINDCAST_TRAINING_WORKER_HEAPMEGABYTES", "6");
                case DEADLINE_PASSED ->
                    Map.of(
                            "HINDCAST_TRAINING_LIGHTGBM_ROUNDS", "1000000",
                            "HINDCAST_TRAINING_LIGHTGBM_PATIENCE", "1000000",
                            "HINDCAST_SAGAS_RUNTIMEOUT", "3s",
                            "HINDCAST_SAGAS_ATTEMPTS", "1");
                default -> Map.of();
            };
        }
    }

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private @Nullable EmbeddedS3 store;
    private @Nullable RealProcess hindcast;
    private Map<String, String> settings = Map.of();

    @AfterEach
    void close() {
        if (hindcast != null) {
            hindcast.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Test
    void tenDisturbedCyclesLoseNothing() throws Exception {
        store = EmbeddedS3.start(folder.resolve("s3"));
        try (S3Client client = store.connection().open()) {
            client.createBucket(bucket -> bucket.bucket("hindcast"));
        }
        List<Trouble> troubles = new ArrayList<>(List.of(Trouble.values()));
        while (troubles.size() < CYCLES) {
            troubles.add(Trouble.values()[random.nextInt(Trouble.values().length)]);
        }
        Collections.shuffle(troubles, random);
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            Trouble trouble = troubles.get(cycle - 1);
            run(trouble.settings());
            awaitCycle(cycle, state -> !state.isEmpty());
            disturb(trouble);
            awaitCycle(cycle, state -> !state.equals("RUNNING"));
        }
        stop();
        run(Map.of("HINDCAST_SAGAS_SCHEDULE_EVERY", "0"));
        awaitQuiet();
        stop();

        try (StoredLog log = new StoredLog(data())) {
            log.contents().assertEveryVersionHasACompletePast();
            assertCycles(log);
            assertPromotions(log);
        }
        try (Stream<Path> left = Files.list(data().resolve("workers"))) {
            assertThat(left).as("folders of workers").isEmpty();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Makes sure that the program runs with some settings. */
    private void run(Map<String, String> wanted) throws InterruptedException {
        if (hindcast != null && settings.equals(wanted)) {
            return;
        }
        stop();
        settings = wanted;
        start();
    }

    private void start() throws InterruptedException {
        S3Connection s3 = Objects.requireNonNull(store).connection();
        Map<String, String> environment = new HashMap<>(Map.of(
                "HINDCAST_ARTIFACTS_ENDPOINT", String.valueOf(s3.endpoint()),
                "HINDCAST_ARTIFACTS_REGION", s3.region(),
                "HINDCAST_ARTIFACTS_ACCESSKEY", Objects.requireNonNull(s3.accessKey()),
                "HINDCAST_ARTIFACTS_SECRETKEY", Objects.requireNonNull(s3.secretKey()),
                "HINDCAST_TRAINING_LIGHTGBM_ROUNDS", "20",
                "HINDCAST_SAGAS_PROMOTION_TST", "gated",
                "HINDCAST_SAGAS_SCHEDULE_EVERY", "2h"));
        environment.putAll(settings);
        hindcast = RealProcess.start(
                environment,
                "demo",
                "--data-dir",
                data().toString(),
                "--port",
                "0",
                "--history-days",
                "4",
                "--speed",
                "10");
        hindcast.awaitLine(PATIENCE, "http://localhost:");
    }

    private void stop() throws InterruptedException {
        if (hindcast != null) {
            hindcast.stop(Duration.ofSeconds(30));
            hindcast = null;
        }
    }

    private void disturb(Trouble trouble) throws Exception {
        RealProcess process = Objects.requireNonNull(hindcast);
        process.letRun(Duration.ofMillis(random.nextInt(6_000)));
        switch (trouble) {
            case WORKER_KILLED -> {
                try (Stream<ProcessHandle> children = process.descendants()) {
                    children.filter(RenewalIT::isWorker).forEach(ProcessHandle::destroyForcibly);
                }
            }
            case STORE_DOWN -> {
                EmbeddedS3 down = Objects.requireNonNull(store);
                int port = down.port();
                down.close();
                process.letRun(Duration.ofMillis(1_000 + random.nextInt(5_000)));
                store = EmbeddedS3.start(folder.resolve("s3"), port);
            }
            case DATABASE_CRASH -> {
                Path pidFile = data().resolve("postgres/data/postmaster.pid");
                long server =
                        Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
                ProcessHandle.of(server).orElseThrow().destroyForcibly();
            }
            case PLATFORM_KILLED -> {
                process.kill();
                start();
            }
            case OUT_OF_MEMORY, DEADLINE_PASSED -> {
                // The settings do it.
            }
        }
    }

    private static boolean isWorker(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("--machine");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Blocks until the state of a cycle satisfies a condition; empty before the cycle is requested. */
    private void awaitCycle(int cycle, Predicate<String> condition) {
        awaitAnswer("cycle " + cycle, api -> condition.test(stateOf(api, cycle)));
    }

    /** Blocks until the API's answer satisfies a condition; the program or its database may be away meanwhile. */
    private void awaitAnswer(String what, Predicate<GraphQlClient> condition) {
        RealProcess process = Objects.requireNonNull(hindcast);
        try {
            await(what).atMost(PATIENCE).until(() -> {
                try (GraphQlClient api = new GraphQlClient(process.port())) {
                    return condition.test(api);
                } catch (AssertionError e) {
                    return false;
                }
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "; output:\n" + process.output(), e);
        }
    }

    private static String stateOf(GraphQlClient api, int cycle) {
        JsonNode cycles =
                api.query("{ trainingCycles(symbol: \"BTCUSDT\", first: 20) { edges { node { number state } } } }");
        for (JsonNode edge : cycles.at("/trainingCycles/edges")) {
            if (edge.at("/node/number").asInt() == cycle) {
                return edge.at("/node/state").asText();
            }
        }
        return "";
    }

    /** Blocks until no cycle and no promotion is under way. */
    private void awaitQuiet() {
        awaitAnswer("no cycle and no promotion under way", api -> {
            String states = api.query("{ trainingCycles(symbol: \"BTCUSDT\", first: 20) { edges { node { state } } }"
                            + " models(symbol: \"BTCUSDT\") { versions { state } } }")
                    .toString();
            return Stream.of("RUNNING", "PROMOTING", "REGISTERED").noneMatch(states::contains);
        });
    }

    /** Each cycle ends once, before the next begins; each success is one version; each run is bounded. */
    private static void assertCycles(StoredLog log) throws Exception {
        List<Integer> requested = log.events(TrainingCycleRequested.class).stream()
                .map(TrainingCycleRequested::cycle)
                .toList();
        assertThat(requested).hasSizeGreaterThanOrEqualTo(CYCLES).doesNotHaveDuplicates();
        assertThat(log.events(TrainingCycleEnded.class).stream().map(TrainingCycleEnded::cycle))
                .as("ended cycles")
                .containsExactlyElementsOf(requested);
        List<String> queued = log.events(TrainingRunQueued.class).stream()
                .map(event -> event.run().toString())
                .toList();
        List<String> succeeded = log.events(TrainingRunSucceeded.class).stream()
                .map(event -> event.run().toString())
                .toList();
        List<String> failed = log.events(TrainingRunFailed.class).stream()
                .map(event -> event.run().toString())
                .toList();
        assertThat(Stream.concat(succeeded.stream(), failed.stream()))
                .as("ends of runs")
                .containsExactlyInAnyOrderElementsOf(queued);
        assertThat(log.events(VersionRegistered.class).stream().map(VersionRegistered::trainingRun))
                .as("registered runs")
                .containsExactlyInAnyOrderElementsOf(succeeded);
        assertThat(succeeded).as("successes").hasSizeGreaterThan(CYCLES);
        assertThat(failed).as("failures").hasSizeGreaterThan(2);
        assertThat(log.events(TrainingRunClaimed.class)).isNotEmpty();
        Map<String, Long> batches = log.events(TrainingProgressRecorded.class).stream()
                .collect(Collectors.groupingBy(event -> event.run().toString(), Collectors.counting()));
        assertThat(batches.values()).as("batches of progress a run").allMatch(count -> count <= 300);
    }

    /** Each promotion ends, slots move one step at a time, and the family without a gate has three live versions. */
    private static void assertPromotions(StoredLog log) throws Exception {
        List<SlotsShifted> shifts = log.events(SlotsShifted.class);
        Map<String, Long> ends = Stream.concat(
                        shifts.stream().map(SlotsShifted::version),
                        log.events(PromotionAbandoned.class).stream().map(PromotionAbandoned::version))
                .collect(Collectors.groupingBy(VersionId::toString, Collectors.counting()));
        Map<String, Long> begun = log.events(PromotionBegun.class).stream()
                .collect(Collectors.groupingBy(event -> event.version().toString(), Collectors.counting()));
        assertThat(ends).as("ends of promotions").isEqualTo(begun);
        Map<String, SlotsShifted> last = shifts.stream()
                .collect(Collectors.toMap(
                        shift -> shift.version().model().toString(), Function.identity(), (_, later) -> later));
        assertThat(last.keySet()).contains("lightgbm:BTCUSDT");
        assertThat(Objects.requireNonNull(last.get("lightgbm:BTCUSDT")).slots().live())
                .as("slots of lightgbm")
                .containsOnlyKeys(Slot.values())
                .containsEntry(Slot.BASELINE, 1);
    }
}
