package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hindcast models slots}: the versions that were live at a moment. */
@Command(
        name = "slots",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the versions that are live, or that were at any past moment.")
final class SlotsCommand implements Runnable {

    private static final String SLOTS = """
            query ($symbol: String!, $asOf: DateTime) {slots(symbol: $symbol, asOf: $asOf) {model slot version from to}}
            """;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Market time, such as 2022-02-01T12:00:00Z. Default: now.")
    private @Nullable Instant asOf;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only the models of this market. Default: all.")
    private @Nullable String symbol;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        ArrayNode slots = GraphqlClient.JSON.createArrayNode();
        for (String market : remote.symbols(symbol)) {
            Map<String, @Nullable Object> variables = new HashMap<>();
            variables.put("symbol", market);
            variables.put("asOf", asOf == null ? null : asOf.toString());
            remote.send(SLOTS, variables).path("slots").forEach(slots::add);
        }
        if (remote.printedJson(slots)) {
            return;
        }
        Table table = new Table("MODEL", "SLOT", "VERSION", "FROM", "TO");
        slots.forEach(slot -> table.row(
                text(slot.path("model")),
                text(slot.path("slot")),
                text(slot.path("version")),
                text(slot.path("from")),
                text(slot.path("to"))));
        table.print(remote.out(), asOf == null ? "No version is live." : "No version was live at " + asOf + ".");
    }
}
