package io.hindcast.app.cli.remote;

import static io.hindcast.app.cli.remote.Table.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hindcast replay}: has a running platform replay a version and waits for the result. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Has a running platform compute a version's past predictions again and compare them with what was recorded.",
            "Shows the progress and the first differences. Ctrl-C ends the waiting, not the replay."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no divergence",
            "1:at least one divergence, or a request that was refused",
            "2:invalid usage",
            "3:the replay was cancelled, or the version cannot be replayed",
            "6:no platform answers"
        },
        footer = {
            "",
            "Examples:",
            "  hindcast replay lightgbm:BTCUSDT:3 --from 2022-05-01",
            "  hindcast replay tst:BTCUSDT:1 --from 2022-01-01 --to 2022-07-01 --reason 'six months later'"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int DIVERGENT = 1;
    private static final int NOT_REPLAYED = 3;
    /** Pause between two questions for the progress. */
    private static final long PAUSE_MILLIS = 500;

    private static final String COUNTS = "counts {exact close nearTies different missing extra}";
    private static final String PROGRESS =
            "query ($id: String!) {audit(id: $id) {state days daysDone divergences " + COUNTS + "}}";
    private static final String RESULT = "query ($id: String!) {audit(id: $id) {id version from to state days daysDone"
            + " divergences recordedDigest recomputedDigest note " + COUNTS + " comparedDays {day divergences " + COUNTS
            + " differences {kind about article reading origin note recorded {sell hold buy signal}"
            + " recomputed {sell hold buy signal} features {name then now}}}}}";

    @Parameters(paramLabel = "VERSION", description = "The version, such as lightgbm:BTCUSDT:3.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String version;

    @Option(names = "--from", paramLabel = "DAY", required = true, description = "First UTC day, such as 2022-05-01.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Day after the last one. Default: one day is replayed.")
    private @Nullable LocalDate to;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "requested on the command line",
            description = "Reason, kept with the replay. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String reason;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RemoteOptions remote;

    @Override
    public Integer call() {
        LocalDate end = to == null ? from.plusDays(1) : to;
        String id = remote.send(
                        "mutation ($version: String!, $from: DateTime!, $to: DateTime!, $reason: String!)"
                                + " {replayVersion(version: $version, from: $from, to: $to, reason: $reason)}",
                        Map.of("version", version, "from", midnight(from), "to", midnight(end), "reason", reason))
                .path("replayVersion")
                .asText();
        remote.line("Replaying " + version + " from " + from + " to before " + end + " as " + id);
        await(id);
        JsonNode audit = remote.send(RESULT, Map.of("id", id)).path("audit");
        if (!remote.printedJson(audit)) {
            print(audit);
        }
        if (!text(audit.path("state")).equals("COMPLETED")) {
            return NOT_REPLAYED;
        }
        return audit.path("divergences").asInt() == 0 ? 0 : DIVERGENT;
    }

    private static String midnight(LocalDate day) {
        return day + "T00:00:00Z";
    }

    /** Waits for the end. The read model may show the request a moment later. */
    private void await(String id) {
        int shown = 0;
        while (true) {
            JsonNode audit = remote.send(PROGRESS, Map.of("id", id)).path("audit");
            int done = audit.path("daysDone").asInt();
            if (done > shown) {
                shown = done;
                remote.line("  " + done + " of " + text(audit.path("days")) + " days: " + summary(audit));
            }
            String state = text(audit.path("state"));
            if (!state.equals("RUNNING") && !state.equals("-")) {
                return;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (CancellationException) new CancellationException("interrupted").initCause(e);
            }
        }
    }

    private static String summary(JsonNode audit) {
        JsonNode counts = audit.path("counts");
        int same = counts.path("exact").asInt() + counts.path("close").asInt();
        return same + " the same (" + text(counts.path("exact")) + " bit by bit), "
                + text(counts.path("nearTies")) + " near ties, " + text(counts.path("different")) + " different, "
                + text(counts.path("missing")) + " missing, " + text(counts.path("extra")) + " extra";
    }

    private void print(JsonNode audit) {
        String state = text(audit.path("state"));
        if (!state.equals("COMPLETED")) {
            remote.line("The replay " + (state.equals("FAILED") ? "failed: " : "was cancelled: ")
                    + text(audit.path("note")));
            return;
        }
        remote.line("recorded    " + text(audit.path("recordedDigest")));
        remote.line("recomputed  " + text(audit.path("recomputedDigest")));
        int divergences = audit.path("divergences").asInt();
        remote.line(
                divergences == 0
                        ? "All predictions come out as they were recorded."
                        : divergences + (divergences == 1 ? " divergence." : " divergences.") + " The first:");
        Table differences = new Table("KIND", "ABOUT", "RECORDED", "COMES OUT NOW", "NOTE");
        audit.path("comparedDays")
                .forEach(day -> day.path("differences")
                        .forEach(difference -> differences.row(
                                text(difference.path("kind")),
                                text(difference.path("about")),
                                scores(difference.path("recorded")),
                                scores(difference.path("recomputed")),
                                text(difference.path("note")))));
        if (divergences > 0 || audit.at("/counts/nearTies").asInt() > 0) {
            differences.print(remote.out(), "No difference was kept.");
        }
    }

    private static String scores(JsonNode scores) {
        return scores.isObject()
                ? text(scores.path("signal")) + " " + text(scores.path("sell")) + " " + text(scores.path("hold")) + " "
                        + text(scores.path("buy"))
                : "-";
    }
}
