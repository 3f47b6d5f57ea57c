package io.hindcast.app.cli;

import io.hindcast.app.axon.EventStoreKind;
import io.hindcast.app.local.DataFolder;
import io.hindcast.app.local.FolderIdentity;
import io.hindcast.console.Console;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hindcast demo}: plays a recorded or generated market as if it were live. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays a market as if it were live: imports history, trains a model on it, goes live and predicts.",
            "Everything it needs runs in this process. Stop it with Ctrl-C; the same command continues from there."
        })
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description =
                    "Recorded one-minute candles in Binance's kline form (csv, csv.gz, zip or json, or a folder of them)."
                            + " Without it a market is generated, which is marked SYNTHETIC everywhere.")
    @Nullable Path archive;

    @Option(
            names = "--news",
            paramLabel = "FILE",
            description =
                    "Recorded articles, one JSON object per line (jsonl or jsonl.gz, with timestamp, title and url), played"
                            + " beside the candles of --archive on the same clock. A generated market has generated articles.")
    @Nullable Path news;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Candles per second, above 0. Default: ${DEFAULT-VALUE}.")
    double speed;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day of the history (UTC, such as 2022-03-01). Default: the archive's first day.")
    @Nullable LocalDate from;

    @Option(
            names = "--history-days",
            paramLabel = "DAYS",
            description = "Days to import before the market goes live. Default: 30.")
    @Nullable Integer historyDays;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            description = "Symbol of the market. Default: the archive's, or BTCUSDT for a generated market.")
    @Nullable String symbol;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the generated market: the same seed gives the same market. Default: 1.")
    @Nullable Long seed;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunOptions run;

    @Override
    public Integer call() {
        DemoMarket market = DemoMarket.of(archive, news, symbol, seed, from, historyDays);
        Console console = Console.ofProcess();
        Path folder = run.dataDir != null ? run.dataDir : Path.of(".hindcast", "demo-" + market.folderName());
        DataFolder data = DataFolder.open(folder);
        Map<String, String> resolved;
        try {
            resolved = market.identity()
                    .with(EventStoreKind.PROPERTY, run.eventStore().toString())
                    .resolve(data.root());
            if (!FolderIdentity.isStored(data.root())) {
                market.requireReadable();
            }
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
        console.line("Hindcast demo: " + market.describe(resolved) + ", "
                + (speed == 1 ? "1 candle" : number(speed) + " candles") + " a second. Data in " + folder + ".");
        Map<String, String> properties = run.properties();
        properties.putAll(market.properties(resolved));
        properties.put("hindcast.simulator.speed", Double.toString(speed));
        properties.putAll(run.settings);
        FolderIdentity.store(data.root(), resolved);
        return PlatformRunner.runUntilStopped(data, properties, console, run, market.name(resolved));
    }

    private static String number(double n) {
        return n == Math.rint(n) ? Long.toString((long) n) : Double.toString(n);
    }
}
