package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.number;
import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hindcast models}: lists the versions of a running platform's models, and decides about them. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {ShowVersionCommand.class, SlotsCommand.class},
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Lists the models of a running platform with their versions, newest first; its commands decide about versions.",
            "A version is written like lightgbm:BTCUSDT:3."
        },
        footer = {
            "",
            "Examples:",
            "  hindcast models",
            "  hindcast models show lightgbm:BTCUSDT:3",
            "  hindcast models rollback lightgbm:BTCUSDT:3 --reason 'it trades too much'",
            "  hindcast models slots --as-of 2022-02-01T12:00:00Z"
        })
public final class ModelsCommand implements Runnable {

    private static final String LIST = """
            query ($symbol: String!) {models(symbol: $symbol) {id pin {version by reason at}
              versions {id state slot trainedAt expired reason evaluation {accuracy logLoss}}}}
            """;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only the models of this market. Default: all.")
    private @Nullable String symbol;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        ArrayNode models = GraphqlClient.JSON.createArrayNode();
        for (String market : remote.symbols(symbol)) {
            remote.send(LIST, Map.of("symbol", market)).path("models").forEach(models::add);
        }
        if (remote.printedJson(models)) {
            return;
        }
        Table table = new Table("VERSION", "SLOT", "STATE", "TRAINED", "ACCURACY", "LOG LOSS", "REMARKS");
        for (JsonNode model : models) {
            for (JsonNode version : model.path("versions")) {
                table.row(
                        text(version.path("id")),
                        text(version.path("slot")),
                        text(version.path("state")),
                        text(version.path("trainedAt")),
                        number(version.at("/evaluation/accuracy")),
                        number(version.at("/evaluation/logLoss")),
                        remarks(model, version));
            }
        }
        table.print(remote.out(), "No model is registered yet.");
    }

    private static String remarks(JsonNode model, JsonNode version) {
        JsonNode pin = model.path("pin");
        boolean pinned = pin.path("version").asText().equals(version.path("id").asText());
        return (pinned
                        ? "pinned by " + pin.path("by").asText() + ": "
                                + pin.path("reason").asText() + " "
                        : "")
                + (version.path("expired").asBoolean() ? "expired " : "")
                + version.path("reason").asText("");
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Begins the promotion of any version that still has its artifact.")
    void promote(
            @Parameters(paramLabel = "VERSION", description = "The version.") String version,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        decide(
                platform,
                "promoteVersion",
                version,
                reason,
                "is being promoted; the slots shift when its past is complete");
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Swaps CURRENT and PREVIOUS of a model.")
    void rollBack(
            @Parameters(paramLabel = "VERSION", description = "The version in CURRENT.") String version,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        decide(platform, "rollBackVersion", version, reason, "is in PREVIOUS");
    }

    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Pins a model: no promotion replaces CURRENT until it is unpinned.")
    void pin(
            @Parameters(paramLabel = "VERSION", description = "The version in CURRENT.") String version,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        decide(platform, "pinVersion", version, reason, "is pinned");
    }

    @Command(
            name = "unpin",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Unpins a model, so that versions are promoted again.")
    void unpin(
            @Parameters(paramLabel = "VERSION", description = "The version in CURRENT.") String version,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        decide(platform, "unpinVersion", version, reason, "is not pinned");
    }

    @Command(
            name = "archive",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Archives a version: a live one leaves its slot.")
    void archive(
            @Parameters(paramLabel = "VERSION", description = "The version.") String version,
            @Mixin Reason reason,
            @Mixin RemoteOptions platform) {
        decide(platform, "archiveVersion", version, reason, "is archived");
    }

    private static void decide(RemoteOptions platform, String mutation, String version, Reason reason, String outcome) {
        JsonNode answer = platform.send(
                "mutation ($version: String!, $reason: String!) {" + mutation + "(version: $version, reason: $reason)}",
                Map.of("version", version, "reason", reason.text()));
        platform.line(answer.path(mutation).asText() + " " + outcome + ".");
        var _ = platform.printedJson(answer);
    }
}
