package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.app.local.EmbeddedPostgres;
import io.hindcast.artifacts.EmbeddedS3;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The packaged program on a real Axon Server: first in one process, then, on the same log, database and artifact store,
 * with its roles distributed over processes that are killed and restarted. Skipped unless
 * {@code HINDCAST_TEST_AXON_SERVER} names a server with an empty log.
 */
@EnabledIfEnvironmentVariable(
        named = AxonServerAddress.VARIABLE,
        matches = ".+:\\d+",
        disabledReason = AxonServerAddress.VARIABLE + " names no Axon Server (host:port of one whose log is empty)")
@TestMethodOrder(OrderAnnotation.class)
class AxonServerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String PREDICTIONS =
            "subscription { predictionsRecorded(symbol: \"BTCUSDT\") { predictions { version openTime origin } } }";

    @TempDir
    static Path folder;

    private static AxonServerAddress axonServer;
    private static EmbeddedPostgres postgres;
    private static EmbeddedS3 artifacts;

    @BeforeAll
    static void startSharedStores() throws Exception {
        axonServer = AxonServerAddress.fromEnvironment();
        axonServer.requireEmpty();
        postgres = EmbeddedPostgres.start(
                folder.resolve("postgres"), Path.of(System.getProperty("user.home"), ".cache", "hindcast"), why -> {});
        artifacts = EmbeddedS3.start(folder.resolve("artifacts"));
        try (S3Client s3 = artifacts.connection().open()) {
            s3.createBucket(bucket -> bucket.bucket("hindcast"));
        }
    }

    @AfterAll
    static void stopSharedStores() {
        if (artifacts != null) {
            artifacts.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Order(1)
    void oneProcessTrainsPredictsAndRecoversFromAKill() throws Exception {
        try (RealProcess hindcast = demo()) {
            hindcast.awaitLine(PATIENCE, "is live and being predicted");
            hindcast.letRun(Duration.ofSeconds(4));
            hindcast.kill();
        }
        try (RealProcess hindcast = demo()) {
            hindcast.awaitLine(PATIENCE, "is live and being predicted");
            try (GraphQlClient api = new GraphQlClient(hindcast.port())) {
                api.awaitPredictions(List.of("lightgbm:BTCUSDT:1", "tst:BTCUSDT:1"));
            }
            hindcast.stop(Duration.ofSeconds(30));
        }
        axonServer.read().assertEveryBarAndEveryPredictionOnce();
    }

    @Test
    @Order(2)
    void rolesInSeparateProcessesWorkTogether() throws Exception {
        int exchange = freePort();
        int page = freePort();
        List<RealProcess> processes = new ArrayList<>();
        try (GraphQlClient api = new GraphQlClient(page)) {
            processes.add(demo("--set", "hindcast.roles=feeds", "--set", "hindcast.simulator.port=" + exchange));
            RealProcess command = role("command", 0, exchange);
            processes.add(command);
            RealProcess inference = role("inference", 0, exchange);
            processes.add(inference);
            processes.add(role("training,sagas", 0, exchange));
            processes.add(role("query,graphql", page, exchange));
            // Two processes answer queries and emit every update; a subscriber must get each update once.
            processes.add(role("projections,query", 0, exchange));
            for (RealProcess process : processes) {
                process.awaitLine(PATIENCE, "Running here", "is being prepared", "is live and being predicted");
            }
            api.awaitReady(PATIENCE);

            assertFollowsWithoutDoubles(api);

            // A full cycle: graphql sends a command, sagas and training work, inference loads the new version.
            JsonNode asked = api.query("mutation { requestTraining(symbol: \"BTCUSDT\") { number } }");
            assertThat(asked.at("/requestTraining/number").asInt()).isEqualTo(2);
            assertThat(api.errors("mutation { requestTraining(symbol: \"BTCUSDT\") { number } }")
                            .at("/0/extensions/code")
                            .asText())
                    .as("a refusal keeps its code between processes")
                    .isNotEmpty()
                    .isNotIn("INTERNAL", "UNAVAILABLE");
            await("the second version is live")
                    .atMost(PATIENCE)
                    .until(() -> versions(api).containsAll(List.of("lightgbm:BTCUSDT:2 LIVE", "tst:BTCUSDT:2 LIVE")));
            api.awaitPredictions(List.of("lightgbm:BTCUSDT:2", "tst:BTCUSDT:2"));

            Instant before = api.lastBar("BTCUSDT");
            command.kill();
            inference.kill();
            processes.add(role("command", 0, exchange));
            processes.add(role("inference", 0, exchange));
            await("bars are recorded again")
                    .atMost(PATIENCE)
                    .until(() -> api.lastBar("BTCUSDT").isAfter(before.plus(Duration.ofMinutes(60))));
            api.awaitReady(PATIENCE);
            assertFollowsWithoutDoubles(api);

            // Feeds stop first, so that every recorded bar is predicted before the other roles stop.
            processes.getFirst().stop(Duration.ofSeconds(30));
            for (RealProcess process : processes.subList(1, processes.size())) {
                process.close();
            }
        } finally {
            Collections.reverse(processes);
            processes.forEach(RealProcess::close);
        }
        axonServer.read().assertEveryBarAndEveryPredictionOnce();
    }

    private static void assertFollowsWithoutDoubles(GraphQlClient api) throws InterruptedException {
        try (GraphQlClient.Subscription candles =
                        api.subscribe("subscription { candleRecorded(symbol: \"BTCUSDT\") { candle { openTime } } }");
                GraphQlClient.Subscription predictions = api.subscribe(PREDICTIONS)) {
            Instant last = openTime(candles.next(PATIENCE));
            for (int i = 0; i < 20; i++) {
                Instant next = openTime(candles.next(Duration.ofSeconds(20)));
                assertThat(next).isEqualTo(last.plusSeconds(60));
                last = next;
            }
            // A bar lasts a quarter of a second, so some predictions are late on a busy machine. With a wrong clock
            // all of them would be.
            String origin = "";
            for (int i = 0; i < 200 && !origin.equals("LIVE"); i++) {
                JsonNode prediction = predictions.next(PATIENCE).at("/predictionsRecorded/predictions/0");
                assertThat(prediction.get("version").asText()).matches("(lightgbm|tst):BTCUSDT:[12]");
                origin = prediction.get("origin").asText();
            }
            assertThat(origin)
                    .as("origin of a prediction on another process's clock")
                    .isEqualTo("LIVE");
        }
    }

    private static List<String> versions(GraphQlClient api) {
        List<String> versions = new ArrayList<>();
        api.query("{ models(symbol: \"BTCUSDT\") { versions { id state } } }")
                .at("/models")
                .forEach(model -> model.get("versions")
                        .forEach(version -> versions.add(version.get("id").asText() + " "
                                + version.get("state").asText())));
        return versions;
    }

    private static Instant openTime(JsonNode data) {
        return Instant.parse(data.at("/candleRecorded/candle/openTime").asText());
    }

    /** Starts a process that simulates the market, with all roles by default. */
    private static RealProcess demo(String... more) {
        return start(
                Stream.of("demo", "--data-dir", folder.resolve("demo").toString(), "--port", "0", "--speed", "4"),
                Stream.concat(Stream.of("--history-days", "3"), Stream.of(more)));
    }

    /** Starts a process with some of the roles, on the market clock of another process. */
    private static RealProcess role(String roles, int port, int exchange) {
        Path data = folder.resolve(roles.replace(',', '-') + "-" + System.nanoTime());
        return start(
                Stream.of("up", "--roles", roles, "--data-dir", data.toString(), "--port", Integer.toString(port)),
                Stream.of("--set", "hindcast.market-clock=http://127.0.0.1:" + exchange, "--history-days", "3"));
    }

    private static RealProcess start(Stream<String> command, Stream<String> more) {
        List<String> arguments = new ArrayList<>(command.toList());
        arguments.addAll(more.toList());
        for (String setting : List.of(
                "hindcast.event-store=axon-server",
                "axon.axonserver.servers=" + axonServer,
                "hindcast.database.url=" + postgres.url(),
                "hindcast.database.user=" + postgres.user(),
                "hindcast.database.password=" + postgres.password(),
                "hindcast.database.connections=6",
                "hindcast.artifacts.endpoint=" + artifacts.connection().endpoint(),
                "hindcast.artifacts.region=" + artifacts.connection().region(),
                "hindcast.artifacts.access-key=" + artifacts.connection().accessKey(),
                "hindcast.artifacts.secret-key=" + artifacts.connection().secretKey(),
                "hindcast.training.lightgbm.rounds=10",
                "hindcast.training.lightgbm.threads=1")) {
            arguments.addAll(List.of("--set", setting));
        }
        return RealProcess.start(arguments.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
