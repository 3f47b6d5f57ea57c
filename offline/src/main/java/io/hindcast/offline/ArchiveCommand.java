package io.hindcast.offline;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.console.Console;
import io.hindcast.console.ConsoleProgress;
import io.hindcast.console.Logging;
import io.hindcast.console.StartFailure;
import io.hindcast.runtime.WallTimer;
import io.hindcast.simulator.download.ArchiveDownloader;
import java.net.URI;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hindcast archive}: downloads Binance's public monthly kline files. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Downloads Binance's public monthly files of one-minute candles, verifies their checksums, and continues an"
                    + " interrupted download. The files can be played by 'hindcast demo --archive'."
        })
public final class ArchiveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SYMBOL", description = "The market's symbol, such as BTCUSDT.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String symbol;

    @Option(names = "--from", paramLabel = "YYYY-MM", required = true, description = "First month.")
    @SuppressWarnings("NullAway.Init")
    private YearMonth from;

    @Option(names = "--to", paramLabel = "YYYY-MM", required = true, description = "Last month.")
    @SuppressWarnings("NullAway.Init")
    private YearMonth to;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder for the files. Default: the current one.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "https://data.binance.vision",
            description = "Address of the files, for a mirror. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private URI baseUrl;

    @Option(names = "--debug", description = "Shows where in the program a failure happened.")
    boolean debug;

    @Override
    public Integer call() throws InterruptedException {
        if (to.isBefore(from)) {
            throw new StartFailure("--to " + to + " is before --from " + from + ". Give the months in order.");
        }
        Logging.off();
        Console console = Console.ofProcess();
        try (ArchiveDownloader downloader = new ArchiveDownloader(
                baseUrl, WallTimer.system(), RandomGenerator.getDefault(), new ConsoleProgress(console))) {
            List<Path> files = downloader.download(new Symbol(symbol), Interval.of("1m"), from, to, out);
            console.line(files.size() + (files.size() == 1 ? " file" : " files") + " in " + out
                    + ", checked. Play them with: hindcast demo --symbol " + symbol + " --archive " + out);
            return 0;
        }
    }
}
