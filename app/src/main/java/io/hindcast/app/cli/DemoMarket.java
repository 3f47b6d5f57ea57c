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
 * Which market a demo plays, as the command line said.
 *
 * @param archive recorded, or null for a generated one
 * @param news recorded articles, or null for none beside a recorded market and generated ones beside a generated market
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
                    "--seed is for a generated market, and --archive names a recorded one. Leave one of them out.");
        }
        if (archive != null && !Files.exists(archive)) {
            throw new StartFailure(
                    "There is no archive at " + archive.toAbsolutePath().normalize()
                            + ". Name a file or folder of candles, or leave --archive out for a generated market.");
        }
        if (news != null && archive == null) {
            throw new StartFailure(
                    "--news names recorded articles, and without --archive the market is generated and brings"
                            + " articles of its own. Name recorded candles of the same time with --archive, or leave --news out.");
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

    /** What a data folder of this market is of. */
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

    /** Reads the archive once, so that a folder is never begun with one that is refused. */
    void requireReadable() {
        if (archive != null) {
            MarketArchive.open(archive, symbol);
        }
    }

    String name(Map<String, String> settled) {
        String symbol = settled.getOrDefault("symbol", "");
        return symbol.isEmpty() ? "The market" : symbol;
    }

    String describe(Map<String, String> settled) {
        return archive == null
                ? name(settled) + ", a generated market (SYNTHETIC, seed " + settled.get("seed") + ")"
                : name(settled) + " from " + archive.getFileName()
                        + (news == null ? "" : " with news from " + news.getFileName());
    }

    /** As the feeds wing's settings. */
    Map<String, String> properties(Map<String, String> settled) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("hindcast.simulator.enabled", "true");
        String market = settled.getOrDefault("symbol", "");
        if (!market.isEmpty()) {
            properties.put("hindcast.feeds.symbols", market);
        }
        if (archive == null) {
            properties.put("hindcast.simulator.seed", settled.getOrDefault("seed", Long.toString(SEED)));
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
            // There are articles to learn from.
            properties.put("hindcast.sagas.families", "LIGHTGBM,TST,TRL");
        }
        String days = settled.getOrDefault("history-days", Integer.toString(HISTORY_DAYS));
        properties.put("hindcast.feeds.history-days", days);
        properties.put("hindcast.sagas.history-days", days);
        String begin = settled.getOrDefault("from", "");
        if (!begin.isEmpty()) {
            properties.put("hindcast.feeds.from", begin);
        }
        return properties;
    }
}
