package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.console.StartFailure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hindcast cycles show}: one training cycle with its dataset and its runs. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows one training cycle: dataset, runs, machines, results.")
final class ShowCycleCommand implements Runnable {

    private static final String PAGE = """
            query ($symbol: String!, $after: String) {trainingCycles(symbol: $symbol, first: 100, after: $after) {
              edges {node {symbol number reason state requestedAt endedAt dataFrom dataTo repeats note
                dataset {digest rows bars articles features}
                runs {id state version reproduced artifactDigest startedAt endedAt reason machine {provider name launches}}}}
              pageInfo {endCursor hasNextPage}}}
            """;

    @Parameters(
            paramLabel = "CYCLE",
            converter = CycleId.Converter.class,
            description = "The cycle, such as BTCUSDT/3.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CycleId cycle;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        JsonNode found = find();
        if (remote.printedJson(found)) {
            return;
        }
        fact("cycle", cycle.toString());
        fact("state", text(found.path("state")));
        fact("reason", text(found.path("reason")));
        fact("repeats", text(found.path("repeats")));
        fact("note", text(found.path("note")));
        fact("requested", text(found.path("requestedAt")));
        fact("ended", text(found.path("endedAt")));
        fact("data", text(found.path("dataFrom")) + " to " + text(found.path("dataTo")));
        JsonNode dataset = found.path("dataset");
        if (dataset.isObject()) {
            fact(
                    "dataset",
                    text(dataset.path("digest")) + ", " + text(dataset.path("rows")) + " rows of "
                            + text(dataset.path("features")));
        }
        remote.out().println();
        Table runs = new Table("RUN", "STATE", "MACHINE", "VERSION", "SAME AS BEFORE", "ENDED", "REASON");
        found.path("runs")
                .forEach(run -> runs.row(
                        text(run.path("id")),
                        text(run.path("state")),
                        text(run.at("/machine/provider")),
                        text(run.path("version")),
                        run.path("reproduced").isBoolean()
                                ? (run.path("reproduced").asBoolean() ? "yes" : "no")
                                : "-",
                        text(run.path("endedAt")),
                        text(run.path("reason"))));
        runs.print(remote.out(), "No run has been queued.");
    }

    private JsonNode find() {
        @Nullable String after = null;
        while (true) {
            Map<String, @Nullable Object> variables = new HashMap<>();
            variables.put("symbol", cycle.symbol());
            variables.put("after", after);
            JsonNode page = remote.send(PAGE, variables).path("trainingCycles");
            for (JsonNode edge : page.path("edges")) {
                if (edge.at("/node/number").asInt() == cycle.number()) {
                    return edge.path("node");
                }
            }
            if (!page.at("/pageInfo/hasNextPage").asBoolean()) {
                throw new StartFailure("There is no training cycle " + cycle + "; 'hindcast cycles' lists them.");
            }
            after = page.at("/pageInfo/endCursor").asText();
        }
    }

    private void fact(String name, String value) {
        remote.out().println((name + "            ").substring(0, 12) + value);
    }
}
