package io.hindcast.app.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hindcast backfill}: requests the predictions that a version of a running platform lacks. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Requests that a live version's missing predictions be computed from the log of a running platform.",
            "'hindcast models show VERSION' shows the progress."
        })
public final class BackfillCommand implements Runnable {

    @Parameters(paramLabel = "VERSION", description = "The version, such as lightgbm:BTCUSDT:3.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String version;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Reason reason;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public void run() {
        JsonNode answer = remote.send(
                "mutation ($version: String!, $reason: String!) {requestBackfill(version: $version, reason: $reason)}",
                Map.of("version", version, "reason", reason.text()));
        remote.line("The backfill of " + answer.path("requestBackfill").asText() + " is requested.");
        var _ = remote.printedJson(answer);
    }
}
