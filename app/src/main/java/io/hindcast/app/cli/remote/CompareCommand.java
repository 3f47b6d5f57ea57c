package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.number;
import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hindcast compare}: two versions of a running platform, or one version in two periods. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares two versions of a running platform on the bars that both predicted, or one version in two periods:",
            "scores beside their baselines, differences with 95 %% intervals, paired tests."
        })
public final class CompareCommand implements Runnable {

    private static final String COMPARISON = """
            query ($of: ComparisonInput!, $asOf: DateTime) {
              comparison(of: $of, asOf: $asOf) {
                first {...Side} other {...Side} agreement {same onlyFirst onlyOther}
                scores {accuracy {...Value} logLoss {...Value} brier {...Value}
                  tests {mcNemar mcNemarExact dieboldMariano lag}}
                profit {...Value} bootstrap {meanBlock resamples}}}
            fragment Value on Estimate {value low high beyondChance}
            fragment Side on ComparedSide {
              version kind from to predictions trades accuracy {...Value} profitAfterFees {...Value}
              scores {rows macroF1 logLoss brier calibrationError}
              baselines {majorityAccuracy majorityMacroF1 constantLogLoss constantBrier buyAndHoldProfit}}
            """;

    @Parameters(index = "0", paramLabel = "A", description = "The first version, such as lightgbm:BTCUSDT:3.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String first;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "The other version. Left out with --other-from, which compares A in two periods.")
    private @Nullable String other;

    @Option(names = "--from", required = true, paramLabel = "TIME", description = "Earliest open time.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String from;

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "End of the open times, exclusive.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String to;

    @Option(
            names = "--other-from",
            paramLabel = "TIME",
            description = "Start of the other period, as long as the first.")
    private @Nullable String otherFrom;

    @Option(
            names = "--kind",
            defaultValue = "LIVE",
            description = "Kind of the predictions: LIVE, LANE (live and late), RECONCILED, IN_SAMPLE. Default: LIVE.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String kind;

    @Option(
            names = "--other-kind",
            paramLabel = "KIND",
            description = "Kind of the other's predictions. Default: --kind.")
    private @Nullable String otherKind;

    @Option(names = "--fee", defaultValue = "0.001", description = "Fee of a trade as a fraction. Default: 0.001.")
    private double fee;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Only what was recorded and known by then; market time.")
    private @Nullable String asOf;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        Map<String, @Nullable Object> of = new LinkedHashMap<>();
        of.put("version", first);
        of.put("other", other == null ? first : other);
        of.put("from", from);
        of.put("to", to);
        of.put("otherFrom", otherFrom);
        of.put("kind", kind);
        of.put("otherKind", otherKind);
        of.put("feeRate", fee);
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("of", of);
        variables.put("asOf", asOf);
        JsonNode answer = remote.send(COMPARISON, variables).path("comparison");
        if (remote.printedJson(answer)) {
            return;
        }
        sides(answer);
        remote.out().println();
        differences(answer);
    }

    private void sides(JsonNode answer) {
        Table table = new Table("", text(answer.at("/first/version")), text(answer.at("/other/version")), "BASELINE");
        row(table, answer, "kind", "/kind", "");
        row(table, answer, "from", "/from", "");
        row(table, answer, "bars compared", "/scores/rows", "");
        row(table, answer, "accuracy", "/accuracy/value", "/baselines/majorityAccuracy");
        row(table, answer, "macro-F1", "/scores/macroF1", "/baselines/majorityMacroF1");
        row(table, answer, "log loss", "/scores/logLoss", "/baselines/constantLogLoss");
        row(table, answer, "Brier", "/scores/brier", "/baselines/constantBrier");
        row(table, answer, "calibration", "/scores/calibrationError", "");
        row(table, answer, "profit after fees", "/profitAfterFees/value", "/baselines/buyAndHoldProfit");
        row(table, answer, "trades", "/trades", "");
        table.print(remote.out(), "Nothing was compared.");
    }

    private static void row(Table table, JsonNode answer, String name, String path, String baseline) {
        JsonNode a = answer.path("first");
        JsonNode b = answer.path("other");
        String one = baseline.isEmpty() ? "" : value(a.at(baseline));
        String two = baseline.isEmpty() ? "" : value(b.at(baseline));
        table.row(name, value(a.at(path)), value(b.at(path)), one.equals(two) ? one : one + ", " + two);
    }

    private static String value(JsonNode value) {
        return value.isFloatingPointNumber() ? number(value) : text(value);
    }

    private void differences(JsonNode answer) {
        Table table = new Table("DIFFERENCE", "VALUE", "95 % INTERVAL", "P", "");
        JsonNode tests = answer.at("/scores/tests");
        difference(table, "accuracy", answer.at("/scores/accuracy"), tests.path("mcNemar"), "McNemar");
        difference(table, "log loss", answer.at("/scores/logLoss"), tests.path("dieboldMariano"), "Diebold-Mariano");
        difference(table, "Brier", answer.at("/scores/brier"), tests.path("none"), "");
        difference(table, "profit after fees", answer.path("profit"), tests.path("none"), "");
        table.print(remote.out(), "No differences.");
        remote.out()
                .println("Intervals by stationary bootstrap: " + text(answer.at("/bootstrap/resamples"))
                        + " resamples, mean block of " + text(answer.at("/bootstrap/meanBlock")) + " bars.");
    }

    private static void difference(Table table, String name, JsonNode difference, JsonNode pValue, String test) {
        if (difference.isObject()) {
            boolean beyond = difference.path("beyondChance").asBoolean() && pValue.asDouble(0) < 0.05;
            table.row(
                    name,
                    number(difference.path("value")),
                    number(difference.path("low")) + " to " + number(difference.path("high")),
                    pValue.isNumber() ? number(pValue) + " (" + test + ")" : "-",
                    beyond ? "beyond chance" : "no difference beyond chance");
        }
    }
}
