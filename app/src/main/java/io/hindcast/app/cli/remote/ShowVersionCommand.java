package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.number;
import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hindcast models show}: one version with its evaluation, its provenance and its history. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows one version: state, evaluation, provenance, history.")
final class ShowVersionCommand implements Runnable {

    private static final String VERSION = """
            query ($version: String!, $symbol: String!) {
              modelVersion(version: $version) {
                id state slot reason trainedAt expiresAt expired trainingRun scorer artifactDigest artifactBytes featureSet
                label {horizonBars thresholdPercent}
                evaluation {rows accuracy macroF1 mcc logLoss constantLogLoss calibrationError profitAfterFees
                  comparison {champion rows meanDifference standardError lowerBound pValue}}
                backfill {state days daysDone predictions reason}
                provenance {datasetDigest datasetPosition dataFrom inSampleTo trainRows seed platform parameters {name value}}}
              modelHistory(symbol: $symbol, version: $version, first: 200) {edges {node {kind by reason at}}}}
            """;

    @Parameters(paramLabel = "VERSION", description = "The version, such as lightgbm:BTCUSDT:3.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String version;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        // The platform refuses what is no version, with the form that it expects.
        String[] parts = version.split(":", -1);
        String symbol = parts.length == 3 ? parts[1] : version;
        JsonNode answer = remote.send(VERSION, Map.of("version", version, "symbol", symbol));
        if (remote.printedJson(answer)) {
            return;
        }
        JsonNode shown = answer.path("modelVersion");
        facts(shown);
        evaluation(shown.path("evaluation"));
        provenance(shown.path("provenance"));
        remote.out().println();
        Table history = new Table("AT", "EVENT", "BY", "REASON");
        answer.at("/modelHistory/edges").forEach(edge -> {
            JsonNode event = edge.path("node");
            history.row(
                    text(event.path("at")),
                    text(event.path("kind")),
                    text(event.path("by")),
                    text(event.path("reason")));
        });
        history.print(remote.out(), "No history.");
    }

    private void facts(JsonNode shown) {
        fact("version", text(shown.path("id")));
        fact("state", text(shown.path("state")));
        fact("slot", text(shown.path("slot")));
        fact("reason", text(shown.path("reason")));
        fact("trained", text(shown.path("trainedAt")) + " by run " + text(shown.path("trainingRun")));
        fact("expires", text(shown.path("expiresAt")) + (shown.path("expired").asBoolean() ? " (expired)" : ""));
        fact("scorer", text(shown.path("scorer")));
        fact("artifact", text(shown.path("artifactDigest")) + ", " + text(shown.path("artifactBytes")) + " bytes");
        fact(
                "label",
                text(shown.at("/label/horizonBars")) + " bars, " + text(shown.at("/label/thresholdPercent")) + " %");
        JsonNode backfill = shown.path("backfill");
        if (backfill.isObject()) {
            fact(
                    "backfill",
                    text(backfill.path("state")) + ", " + text(backfill.path("daysDone")) + " of "
                            + text(backfill.path("days")) + " days");
        }
    }

    private void evaluation(JsonNode evaluation) {
        fact("accuracy", number(evaluation.path("accuracy")) + " of " + text(evaluation.path("rows")) + " rows");
        fact(
                "log loss",
                number(evaluation.path("logLoss")) + ", of a constant guess "
                        + number(evaluation.path("constantLogLoss")));
        JsonNode comparison = evaluation.path("comparison");
        if (comparison.isObject()) {
            fact(
                    "compared",
                    "with " + text(comparison.path("champion")) + " on " + text(comparison.path("rows"))
                            + " rows: difference " + number(comparison.path("meanDifference")) + ", at least "
                            + number(comparison.path("lowerBound")) + ", p " + number(comparison.path("pValue")));
        }
    }

    private void provenance(JsonNode provenance) {
        fact("dataset", text(provenance.path("datasetDigest")));
        fact("data", text(provenance.path("dataFrom")) + " to " + text(provenance.path("inSampleTo")));
        fact("seed", text(provenance.path("seed")));
        provenance
                .path("parameters")
                .forEach(
                        setting -> fact("parameter", text(setting.path("name")) + " = " + text(setting.path("value"))));
    }

    private void fact(String name, String value) {
        remote.out().println((name + "            ").substring(0, 12) + value);
    }
}
