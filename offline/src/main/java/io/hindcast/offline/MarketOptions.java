package io.hindcast.offline;

import io.hindcast.console.Console;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the recorded market and its news, shared by {@code train} and {@code evaluate}. */
final class MarketOptions {

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            required = true,
            description =
                    "Recorded one-minute candles in Binance's kline form (csv, csv.gz, zip or json, or a folder of"
                            + " them).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path archive;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            description = "The market's symbol. Default: the beginning of the archive's name.")
    private @Nullable String symbol;

    @Option(
            names = "--news",
            paramLabel = "FILE",
            description = "Articles as JSON lines (jsonl or jsonl.gz), for models that read news.")
    private @Nullable Path news;

    @Option(
            names = "--reader",
            paramLabel = "MODEL",
            description =
                    "lightgbm and tst: a trl model that scores the articles, so that their sentiment becomes a feature"
                            + " of the candles. Only articles published after its training data count.")
    private @Nullable Path reader;

    NewsFiles newsFiles() {
        return new NewsFiles(news, reader);
    }

    /** Opens the archive, and prints which of its rows cannot be used. */
    MarketArchive open(Console console) {
        MarketArchive market = MarketArchive.open(archive, symbol);
        market.unusableRows().ifPresent(console::line);
        return market;
    }
}
