package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hindcast cycles}: lists the training cycles of a running platform; starts, cancels and repeats training. */
@Command(
        name = "cycles",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = ShowCycleCommand.class,
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Lists the training cycles of a running platform, newest first; its commands start, cancel and repeat training.",
            "A cycle is written like BTCUSDT/3, a run like BTCUSDT/3/lightgbm/1."
        },
        footer = {
            "",
            "Examples:",
            "  hindcast cycles start BTCUSDT",
            "  hindcast cycles cancel BTCUSDT/3 --reason 'wrong label'",
            "  hindcast cycles repeat BTCUSDT/3/lightgbm/1 --reason 'does it come out the same?'"
        })
public final class CyclesCommand implements Runnable {

    private static final String LIST = """
            query ($symbol: String!, $first: Int!) {trainingCycles(symbol: $symbol, first: $first) {edges {node {
              symbol number reason state requestedAt endedAt repeats note runs {id state version reproduced}}}}}
            """;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only cycles of this market. Default: all.")
    private @Nullable String symbol;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most cycles of a market, 1 to 200. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        ArrayNode cycles = GraphqlClient.JSON.createArrayNode();
        for (String market : remote.symbols(symbol)) {
            remote.send(LIST, Map.of("symbol", market, "first", limit))
                    .at("/trainingCycles/edges")
                    .forEach(edge -> cycles.add(edge.path("node")));
        }
        if (remote.printedJson(cycles)) {
            return;
        }
        Table table = new Table("CYCLE", "STATE", "REQUESTED", "ENDED", "RUNS", "REASON");
        cycles.forEach(cycle -> table.row(
                text(cycle.path("symbol")) + "/" + text(cycle.path("number")),
                text(cycle.path("state")),
                text(cycle.path("requestedAt")),
                text(cycle.path("endedAt")),
                runs(cycle),
                reason(cycle)));
        table.print(remote.out(), "No training cycle has been requested yet.");
    }

    private static String runs(JsonNode cycle) {
        int succeeded = 0;
        for (JsonNode run : cycle.path("runs")) {
            succeeded += "SUCCEEDED".equals(run.path("state").asText()) ? 1 : 0;
        }
        return succeeded + " of " + cycle.path("runs").size() + " succeeded";
    }

    private static String reason(JsonNode cycle) {
        String repeats = cycle.path("repeats").asText("");
        String note = cycle.path("note").asText("");
        return (repeats.isEmpty() ? "" : "repeats " + repeats + ": ")
                + text(cycle.path("reason"))
                + (note.isEmpty() ? "" : "; " + note);
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Requests a training cycle on the data known now.")
    void start(
            @Parameters(paramLabel = "SYMBOL", description = "The market.") String market,
            @Mixin RemoteOptions platform) {
        JsonNode answer = platform.send(
                "mutation ($symbol: String!) {requestTraining(symbol: $symbol) {symbol number}}",
                Map.of("symbol", market));
        platform.line(
                "Cycle " + market + "/" + answer.at("/requestTraining/number").asInt() + " has begun.");
        var _ = platform.printedJson(answer);
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Cancels a cycle; versions registered from its other runs stay.")
    void cancel(
            @Parameters(
                            paramLabel = "CYCLE",
                            converter = CycleId.Converter.class,
                            description = "The cycle, such as BTCUSDT/3.")
                    CycleId cycle,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        JsonNode answer = platform.send(
                "mutation ($symbol: String!, $cycle: Int!, $reason: String!)"
                        + " {cancelTraining(symbol: $symbol, cycle: $cycle, reason: $reason)}",
                Map.of("symbol", cycle.symbol(), "cycle", cycle.number(), "reason", reason.text()));
        platform.line("Cycle " + cycle + " is cancelled, or had ended before.");
        var _ = platform.printedJson(answer);
    }

    @Command(
            name = "repeat",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Repeats a succeeded run on its dataset, to see whether the same model comes out.")
    void repeat(
            @Parameters(paramLabel = "RUN", description = "The run, such as BTCUSDT/3/lightgbm/1.") String run,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        JsonNode answer = platform.send(
                "mutation ($run: String!, $reason: String!) {repeatTraining(run: $run, reason: $reason)}",
                Map.of("run", run, "reason", reason.text()));
        String cycle = run.substring(0, Math.max(0, run.indexOf('/'))) + "/"
                + answer.path("repeatTraining").asInt();
        platform.line("Cycle " + cycle + " repeats " + run + "; 'hindcast cycles show " + cycle
                + "' shows whether the model is the same.");
        var _ = platform.printedJson(answer);
    }
}
