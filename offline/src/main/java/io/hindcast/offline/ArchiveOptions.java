package io.hindcast.offline;

import io.hindcast.console.Console;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which recorded market a model is trained or judged on. */
final class ArchiveOptions {

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            required = true,
            description =
                    "Recorded one-minute candles in Binance's kline form (csv, csv.gz, zip or json, or a folder of them).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    Path archive;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            description = "The market's name. Default: the one that the archive's name begins with.")
    @Nullable String symbol;

    @Option(
            names = "--news",
            paramLabel = "FILE",
            description = "Articles as JSON lines (jsonl or jsonl.gz), for models that read them.")
    @Nullable Path news;

    @Option(
            names = "--reader",
            paramLabel = "MODEL",
            description =
                    "lightgbm and tst: a trl model that reads the articles for them, so that candles know how the news sounds."
                            + " Only articles after those it learned from count.")
    @Nullable Path reader;

    /** Opens the archive, and says what of it can't be used. */
    MarketArchive open(Console console) {
        MarketArchive market = MarketArchive.open(archive, symbol);
        market.leftOut().ifPresent(console::line);
        return market;
    }
}
