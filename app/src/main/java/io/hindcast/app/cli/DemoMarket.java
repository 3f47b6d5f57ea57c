package io.hindcast.app.cli;

import io.hindcast.api.market.Symbol;
import io.hindcast.app.local.FolderIdentity;
import io.hindcast.console.StartFailure;
import io.hindcast.offline.MarketArchive;
import io.hindcast.simulator.archive.KlineFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The market of a demo, as given on the command line.
 *
 * @param archive recorded candles; null for a generated market
 * @param news recorded articles; null for none with a recorded market, and for generated ones with a generated market
 * @param symbol symbol of the market; null for the archive's, or the default of a generated market
 * @param seed seed of a generated market; null for the default
 * @param from first day of the history, UTC; null for the archive's first day
 * @param historyDays days to import before the market goes live; null for the default
 */
record DemoMarket(
        @Nullable Path archive,
        @Nullable Path news,
        @Nullable String symbol,
        @Nullable Long seed,
        @Nullable LocalDate from,
        @Nullable Integer historyDays) {

    private static final int HISTORY_DAYS = 30;
    private static final long SEED = 1;

    static DemoMarket of(
            @Nullable Path archive,
            @Nullable Path news,
            @Nullable String symbol,
            @Nullable Long seed,
            @Nullable LocalDate from,
            @Nullable Integer historyDays) {
        if (archive != null && seed != null) {
            throw new StartFailure(
                    "--seed is for a generated market, but --archive names a recorded one. Leave out one of them.");
        }
        if (archive != null && !Files.exists(archive)) {
            throw new StartFailure(
                    "There is no archive at " + archive.toAbsolutePath().normalize()
                            + ". Name a file or folder of candles, or leave out --archive for a generated market.");
        }
        if (news != null && archive == null) {
            throw new StartFailure(
                    "--news names recorded articles, but without --archive the market is generated and so are its articles."
                            + " Name recorded candles of the same time with --archive, or leave out --news.");
        }
        if (news != null && !Files.isRegularFile(news)) {
            throw new StartFailure("There is no file of articles at "
                    + news.toAbsolutePath().normalize() + ". Name a jsonl or jsonl.gz file with --news.");
        }
        if (historyDays != null && historyDays < 1) {
            throw new StartFailure("--history-days was " + historyDays + ", expected 1 or more.");
        }
        if (symbol != null) {
            new Symbol(symbol);
        }
        return new DemoMarket(archive, news, symbol, seed, from, historyDays);
    }

    String folderName() {
        if (archive == null) {
            return (symbol == null ? "generated" : "generated-" + new Symbol(symbol).encoded()) + "-"
                    + (seed == null ? SEED : seed);
        }
        String file = archive.toAbsolutePath().normalize().getFileName().toString();
        return file.replaceFirst("(?i)(\\.csv)?(\\.gz|\\.zip)?$", "");
    }

    /** Returns the identity of a data folder with this market. */
    FolderIdentity identity() {
        FolderIdentity identity = new FolderIdentity();
        if (archive == null) {
            identity.with("origin", "generated");
            fact(identity, "seed", seed == null ? null : Long.toString(seed), Long.toString(SEED));
        } else {
            identity.with("origin", "archive").with("archive", FolderIdentity.digest(archive));
        }
        if (news != null) {
            identity.with("news", FolderIdentity.digest(news));
        }
        fact(identity, "symbol", symbol, symbol == null ? symbolOfArchive() : "");
        fact(
                identity,
                "history-days",
                historyDays == null ? null : Integer.toString(historyDays),
                Integer.toString(HISTORY_DAYS));
        fact(identity, "from", from == null ? null : from.toString(), "");
        return identity;
    }

    private static void fact(FolderIdentity identity, String name, @Nullable String given, String otherwise) {
        if (given == null) {
            identity.withDefault(name, otherwise);
        } else {
            identity.with(name, given);
        }
    }

    private String symbolOfArchive() {
        if (archive == null) {
            return "BTCUSDT";
        }
        return KlineFiles.symbolIn(archive).map(Symbol::value).orElse("");
    }

    /** Reads the archive once, so that no data folder is created for an archive that is refused. */
    void requireReadable() {
        if (archive != null) {
            MarketArchive.open(archive, symbol);
        }
    }

    String name(Map<String, String> resolved) {
        String symbol = resolved.getOrDefault("symbol", "");
        return symbol.isEmpty() ? "The market" : symbol;
    }

    String describe(Map<String, String> resolved) {
        return archive == null
                ? name(resolved) + ", a generated market (SYNTHETIC, seed " + resolved.get("seed") + ")"
                : name(resolved) + " from " + archive.getFileName()
                        + (news == null ? "" : " with news from " + news.getFileName());
    }

    /** Returns the market as Spring properties. */
    Map<String, String> properties(Map<String, String> resolved) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("hindcast.simulator.enabled", "true");
        String market = resolved.getOrDefault("symbol", "");
        if (!market.isEmpty()) {
            properties.put("hindcast.feeds.symbols", market);
        }
        if (archive == null) {
            properties.put("hindcast.simulator.seed", resolved.getOrDefault("seed", Long.toString(SEED)));
        } else {
            properties.put(
                    "hindcast.simulator.archive",
                    archive.toAbsolutePath().normalize().toString());
        }
        if (news != null) {
            properties.put(
                    "hindcast.news.archive", news.toAbsolutePath().normalize().toString());
        }
        if (archive == null || news != null) {
            // TRL needs articles to learn from.
            properties.put("hindcast.sagas.families", "LIGHTGBM,TST,TRL");
        }
        String days = resolved.getOrDefault("history-days", Integer.toString(HISTORY_DAYS));
        properties.put("hindcast.feeds.history-days", days);
        String begin = resolved.getOrDefault("from", "");
        if (!begin.isEmpty()) {
            properties.put("hindcast.feeds.from", begin);
        }
        return properties;
    }
}
