package io.hindcast.app.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.hindcast.app.cli.TestCommandLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands against a running platform: documents, tables, JSON, refusals and exit codes. */
class RemoteCommandsTest {

    private static final String MARKETS = "{'data': {'markets': [{'symbol': 'BTCUSDT'}]}}";
    private static final String MODELS = """
            {'data': {'models': [{'id': 'lightgbm:BTCUSDT',
              'pin': {'version': 'lightgbm:BTCUSDT:2', 'by': 'local', 'reason': 'holiday', 'at': '2022-02-01T00:00:00Z'},
              'versions': [
                {'id': 'lightgbm:BTCUSDT:3', 'state': 'DECLINED', 'slot': null, 'trainedAt': '2022-02-01T00:00:00Z',
                 'expired': false, 'reason': 'it is degenerate', 'evaluation': {'accuracy': 0.41, 'logLoss': 1.05}},
                {'id': 'lightgbm:BTCUSDT:2', 'state': 'LIVE', 'slot': 'CURRENT', 'trainedAt': '2022-01-01T00:00:00Z',
                 'expired': true, 'reason': null, 'evaluation': {'accuracy': 0.4, 'logLoss': 1.06}}]}]}}
            """;
    private static final String CYCLE = """
            {'symbol': 'BTCUSDT', 'number': 4, 'reason': 'is it the same?', 'state': 'SUCCEEDED',
             'requestedAt': '2022-02-01T00:00:00Z', 'endedAt': null, 'repeats': 'BTCUSDT/3/lightgbm/1', 'note': null,
             'runs': [{'id': 'BTCUSDT/4/lightgbm/1', 'state': 'SUCCEEDED', 'version': null, 'reproduced': true}]}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private PlatformDouble platform;

    @BeforeEach
    void start() throws IOException {
        platform = new PlatformDouble().on("{markets {symbol}}", MARKETS);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", Integer.toString(platform.port())));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return TestCommandLine.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<String> lines() {
        assertThat(err.toString()).isEmpty();
        return out.toString().lines().toList();
    }

    private JsonNode asked() {
        return platform.variables.getLast();
    }

    @Test
    void listsVersionsAsATable() {
        platform.on("{models(", MODELS);

        assertThat(run("models")).isZero();
        assertThat(lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("lightgbm:BTCUSDT:3  -        DECLINED  2022-02-01T00:00:00Z  0.4100    1.0500")
                        .endsWith("it is degenerate"))
                .anySatisfy(line ->
                        assertThat(line).contains("CURRENT", "LIVE").endsWith("pinned by local: holiday expired"));
    }

    @Test
    void printsJsonInstead() throws IOException {
        platform.on("{models(", MODELS);

        assertThat(run("models", "--symbol", "BTCUSDT", "--json")).isZero();
        assertThat(new JsonMapper()
                        .readTree(out.toString())
                        .at("/0/versions/0/state")
                        .asText())
                .isEqualTo("DECLINED");
        assertThat(asked().path("symbol").asText()).isEqualTo("BTCUSDT");
    }

    @Test
    void showsAVersionWithItsHistory() {
        platform.on("modelVersion(", """
                {'data': {'modelVersion': {'id': 'lightgbm:BTCUSDT:3', 'state': 'DECLINED', 'slot': null,
                  'reason': 'it is degenerate', 'trainingRun': 'BTCUSDT/1/lightgbm/1',
                  'evaluation': {'rows': 10, 'accuracy': 0.4, 'logLoss': 1.05, 'constantLogLoss': 1.1,
                    'comparison': {'champion': 'lightgbm:BTCUSDT:2', 'rows': 9, 'meanDifference': 0.012,
                      'lowerBound': 0.0087, 'pValue': 0.01}},
                  'provenance': {'seed': 42, 'parameters': [{'name': 'num_leaves', 'value': '31'}]}},
                 'modelHistory': {'edges': [{'node': {'kind': 'PROMOTION_DECLINED', 'by': null,
                  'reason': 'it is degenerate', 'at': '2022-02-01T00:00:00Z'}}]}}}
                """);

        assertThat(run("models", "show", "lightgbm:BTCUSDT:3")).isZero();
        assertThat(lines())
                .contains(
                        "state       DECLINED",
                        "compared    with lightgbm:BTCUSDT:2 on 9 rows: difference 0.0120, at least 0.0087, p 0.0100",
                        "parameter   num_leaves = 31",
                        "2022-02-01T00:00:00Z  PROMOTION_DECLINED  -   it is degenerate");
    }

    @ParameterizedTest
    @CsvSource({
        "promote, promoteVersion, is being promoted",
        "rollback, rollBackVersion, is in PREVIOUS",
        "pin, pinVersion, is pinned",
        "unpin, unpinVersion, is not pinned",
        "archive, archiveVersion, is archived"
    })
    void decidesAboutAVersion(String command, String mutation, String outcome) {
        platform.on(
                mutation + "(version: $version, reason: $reason)", "{'data': {'" + mutation + "': 'tst:BTCUSDT:3'}}");

        assertThat(run("models", command, "tst:BTCUSDT:3", "--reason", "a test"))
                .isZero();
        assertThat(lines()).singleElement().asString().startsWith("tst:BTCUSDT:3 " + outcome);
        assertThat(asked().path("version").asText()).isEqualTo("tst:BTCUSDT:3");
        assertThat(asked().path("reason").asText()).isEqualTo("a test");
    }

    @Test
    void printsARefusalAsItIs() {
        platform.on(
                "archiveVersion(",
                "{'errors': [{'message': 'archiving of tst:BTCUSDT:1 was of the baseline, expected another (BASELINE)'}],"
                        + " 'data': null}");

        assertThat(run("models", "archive", "tst:BTCUSDT:1", "--reason", "a test"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "hindcast: archiving of tst:BTCUSDT:1 was of the baseline, expected another (BASELINE)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wantsAReason() {
        assertThat(run("models", "pin", "tst:BTCUSDT:1")).isEqualTo(2);
        assertThat(err.toString()).contains("--reason");
        assertThat(platform.variables).isEmpty();
    }

    @Test
    void listsTheSlotsOfAMoment() {
        platform.on("{slots(", """
                {'data': {'slots': [{'model': 'tst:BTCUSDT', 'slot': 'CURRENT', 'version': 'tst:BTCUSDT:2',
                  'from': '2022-01-01T00:00:00Z', 'to': null}]}}
                """);

        assertThat(run("models", "slots", "--as-of", "2022-02-01T12:00:00Z")).isZero();
        assertThat(lines()).last().isEqualTo("tst:BTCUSDT  CURRENT  tst:BTCUSDT:2  2022-01-01T00:00:00Z  -");
        assertThat(asked().path("asOf").asText()).isEqualTo("2022-02-01T12:00:00Z");

        assertThat(run("models", "slots")).isZero();
        assertThat(asked().path("asOf").isNull()).isTrue();
        assertThat(run("models", "slots", "--as-of", "yesterday")).isEqualTo(2);
    }

    @Test
    void listsAndShowsCycles() {
        platform.on(
                "{trainingCycles(",
                "{'data': {'trainingCycles': {'edges': [{'node': " + CYCLE
                        + "}], 'pageInfo': {'endCursor': 'x', 'hasNextPage': false}}}}");

        assertThat(run("cycles")).isZero();
        assertThat(lines())
                .last()
                .isEqualTo("BTCUSDT/4  SUCCEEDED  2022-02-01T00:00:00Z  -      1 of 1 succeeded"
                        + "  repeats BTCUSDT/3/lightgbm/1: is it the same?");

        assertThat(run("cycles", "show", "BTCUSDT/4")).isZero();
        assertThat(lines())
                .last()
                .asString()
                .startsWith("BTCUSDT/4/lightgbm/1  SUCCEEDED")
                .contains("yes");
    }

    @Test
    void namesACycleThatDoesNotExist() {
        platform.on(
                "{trainingCycles(",
                "{'data': {'trainingCycles': {'edges': [], 'pageInfo': {'endCursor': null, 'hasNextPage': false}}}}");

        assertThat(run("cycles", "show", "BTCUSDT/9")).isEqualTo(1);
        assertThat(err.toString()).contains("no training cycle BTCUSDT/9");
        assertThat(run("cycles", "show", "nine")).isEqualTo(2);
        assertThat(err.toString()).contains("BTCUSDT/3");
    }

    @Test
    void startsCancelsAndRepeatsTraining() {
        platform.on("requestTraining(", "{'data': {'requestTraining': {'symbol': 'BTCUSDT', 'number': 4}}}")
                .on("cancelTraining(", "{'data': {'cancelTraining': 4}}")
                .on("repeatTraining(", "{'data': {'repeatTraining': 5}}");

        assertThat(run("cycles", "start", "BTCUSDT")).isZero();
        assertThat(run("cycles", "cancel", "BTCUSDT/4", "--reason", "a test")).isZero();
        assertThat(asked().path("cycle").asInt()).isEqualTo(4);
        assertThat(run("cycles", "repeat", "BTCUSDT/3/lightgbm/1", "--reason", "a test"))
                .isZero();
        assertThat(asked().path("run").asText()).isEqualTo("BTCUSDT/3/lightgbm/1");
        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Cycle BTCUSDT/4 has begun."),
                        line -> assertThat(line).startsWith("Cycle BTCUSDT/4 is cancelled"),
                        line -> assertThat(line).startsWith("Cycle BTCUSDT/5 repeats BTCUSDT/3/lightgbm/1"));
    }

    private int replay(String audit) {
        platform.on("replayVersion(", "{'data': {'replayVersion': 'audit:tst:BTCUSDT:2:2022-05-01:2022-05-02:7'}}")
                .on("audit(id: $id)", "{'data': {'audit': " + audit + "}}");
        return run("replay", "tst:BTCUSDT:2", "--from", "2022-05-01");
    }

    private static String audit(String state, int divergences) {
        return "{'state': '" + state + "', 'days': 1, 'daysDone': 1, 'divergences': " + divergences
                + ", 'recordedDigest': 'aa', 'recomputedDigest': 'bb', 'note': 'its artifact is missing',"
                + " 'counts': {'exact': 1439, 'close': 0, 'nearTies': 0, 'different': " + divergences
                + ", 'missing': 0, 'extra': 0}, 'comparedDays': [{'differences': [{'kind': 'DIFFERENT',"
                + " 'about': '2022-05-01T12:31:00Z', 'note': null,"
                + " 'recorded': {'sell': 0.999, 'hold': 0.3, 'buy': 0.5, 'signal': 'SELL'},"
                + " 'recomputed': {'sell': 0.2, 'hold': 0.3, 'buy': 0.5, 'signal': 'BUY'}}]}]}";
    }

    @Test
    void replaysADayThatComesOutTheSame() {
        assertThat(replay(audit("COMPLETED", 0))).isZero();
        assertThat(lines())
                .endsWith("recorded    aa", "recomputed  bb", "All predictions come out as they were recorded.");
        assertThat(platform.variables.getFirst().path("to").asText()).isEqualTo("2022-05-02T00:00:00Z");
    }

    @Test
    void exitsWithOneAfterADivergence() {
        assertThat(replay(audit("COMPLETED", 1))).isEqualTo(1);
        assertThat(lines())
                .last()
                .asString()
                .startsWith("DIFFERENT  2022-05-01T12:31:00Z  SELL 0.999 0.3 0.5  BUY 0.2 0.3 0.5");
    }

    @Test
    void exitsWithThreeIfTheVersionCannotBeReplayed() {
        assertThat(replay(audit("FAILED", 0))).isEqualTo(3);
        assertThat(lines()).last().isEqualTo("The replay failed: its artifact is missing");
    }

    @Test
    void requestsABackfill() {
        platform.on("requestBackfill(", "{'data': {'requestBackfill': 'tst:BTCUSDT:2'}}");

        assertThat(run("backfill", "tst:BTCUSDT:2", "--reason", "a test")).isZero();
        assertThat(lines()).containsExactly("The backfill of tst:BTCUSDT:2 is requested.");
    }

    @Test
    void comparesTwoVersions() {
        String side = """
                {'version': '%s', 'kind': 'LIVE', 'from': '2022-02-01T00:00:00Z', 'trades': 30,
                 'accuracy': {'value': 0.41}, 'profitAfterFees': {'value': -0.01},
                 'scores': {'rows': 500, 'macroF1': 0.39, 'logLoss': 1.05, 'brier': 0.62, 'calibrationError': 0.03},
                 'baselines': {'majorityAccuracy': 0.4, 'majorityMacroF1': 0.19, 'constantLogLoss': 1.08,
                   'constantBrier': 0.65, 'buyAndHoldProfit': 0.02}}""";
        platform.on(
                "comparison(",
                "{'data': {'comparison': {'first': " + side.formatted("lightgbm:BTCUSDT:3") + ", 'other': "
                        + side.formatted("lightgbm:BTCUSDT:2") + """
                        , 'scores': {'accuracy': {'value': 0.01, 'low': -0.02, 'high': 0.04, 'beyondChance': false},
                          'logLoss': {'value': -0.02, 'low': -0.03, 'high': -0.01, 'beyondChance': true},
                          'tests': {'mcNemar': 0.41, 'dieboldMariano': 0.002}},
                        'profit': {'value': 0.1, 'low': 0.02, 'high': 0.2, 'beyondChance': true},
                        'bootstrap': {'meanBlock': 23, 'resamples': 1000}}}}""");

        assertThat(run(
                        "compare",
                        "lightgbm:BTCUSDT:3",
                        "lightgbm:BTCUSDT:2",
                        "--from",
                        "2022-02-01T00:00:00Z",
                        "--to",
                        "2022-03-01T00:00:00Z"))
                .isZero();
        assertThat(asked().at("/of/other").asText()).isEqualTo("lightgbm:BTCUSDT:2");
        assertThat(asked().at("/of/kind").asText()).isEqualTo("LIVE");
        assertThat(lines())
                .anySatisfy(line ->
                        assertThat(line).startsWith("accuracy           0.4100").endsWith("0.4000"))
                .anySatisfy(line -> assertThat(line)
                        .contains("-0.0200 to 0.0400", "0.4100 (McNemar)")
                        .endsWith("no difference beyond chance"))
                .anySatisfy(line -> assertThat(line)
                        .contains("0.0020 (Diebold-Mariano)")
                        .doesNotContain("no difference")
                        .endsWith("beyond chance"));
    }

    @Test
    void saysSoWhenNothingAnswers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(execute("models", "--address", "http://127.0.0.1:" + free)).isEqualTo(6);
        assertThat(err.toString().lines())
                .containsExactly("hindcast: No platform answers at http://127.0.0.1:" + free
                        + ". Start one (hindcast up, or hindcast demo), or name another one with --address or --port.");
    }

    @Test
    void saysSoWhenSomethingElseAnswers() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            int port = other.getAddress().getPort();
            assertThat(execute("models", "--port", Integer.toString(port))).isEqualTo(6);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("is no platform of Hindcast", "status 404");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThat(execute("models", "--address", "localhost:8080")).isEqualTo(1);
        assertThat(err.toString()).contains("http://127.0.0.1:8080");
    }

    @Test
    void everyCommandHasAHelpText() {
        for (String command : List.of("show", "slots", "promote", "rollback", "pin", "unpin", "archive")) {
            assertThat(execute("models", command, "--help")).isZero();
            assertThat(out.toString()).contains("Usage: hindcast models " + command);
        }
        assertThat(execute("cycles", "repeat", "--help")).isZero();
        assertThat(err.toString()).isEmpty();
    }
}
