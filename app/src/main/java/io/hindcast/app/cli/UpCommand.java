package io.hindcast.app.cli;

import io.hindcast.api.market.Symbol;
import io.hindcast.app.local.DataFolder;
import io.hindcast.app.local.FolderIdentity;
import io.hindcast.app.role.Role;
import io.hindcast.app.role.RolesRule;
import io.hindcast.app.store.EventStoreKind;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hindcast up}: follows the exchange itself. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Follows Binance's spot market: history and gaps by REST, closed candles by WebSocket.",
            "Collects news about them from RSS feeds and Yahoo Finance (--set hindcast.news.collect=false for none).",
            "Needs to reach api.binance.com and stream.binance.com. Stop it with Ctrl-C; the same command goes on from there."
        })
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--symbols",
            paramLabel = "SYMBOL",
            split = ",",
            defaultValue = "BTCUSDT",
            description = "Markets to follow, separated by commas. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> symbols;

    @Option(
            names = "--history-days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "Days to import before going live. Default: ${DEFAULT-VALUE}.")
    int historyDays;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            description = "Wings that run in this process, separated by commas: "
                    + "feeds, command, inference, training, sagas,"
                    + " projections, query, graphql. Less than all needs Axon Server as the event store. Default: all.")
    @Nullable String roles;

    @Option(
            names = "--event-store",
            paramLabel = "STORE",
            description =
                    "Where the log is: postgres, or axon-server (see axon.axonserver.servers). Default: postgres.")
    @Nullable String eventStore;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "A PostgreSQL 18 of yours, as jdbc:postgresql://host/database, instead of one on the data folder. User and"
                            + " password come from HINDCAST_DATABASE_USER and HINDCAST_DATABASE_PASSWORD.")
    @Nullable String databaseUrl;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RunOptions run;

    @Override
    public Integer call() {
        Set<String> wanted = new LinkedHashSet<>();
        symbols.forEach(symbol -> wanted.add(new Symbol(symbol.strip()).value()));
        if (historyDays < 1) {
            throw new StartFailure("--history-days was " + historyDays + ", expected 1 or more.");
        }
        Console console = Console.ofProcess();
        Map<String, String> properties = run.properties();
        properties.putAll(LiveMarkets.properties(wanted, historyDays));
        if (roles != null) {
            properties.put(Role.PROPERTY, roles);
        }
        if (eventStore != null) {
            run.settings.putIfAbsent(EventStoreKind.PROPERTY, eventStore);
        }
        if (databaseUrl != null) {
            properties.put("hindcast.database.url", databaseUrl);
        }
        properties.putAll(run.settings);
        EventStoreKind store = run.eventStore();
        RolesRule.check(Role.parse(properties.getOrDefault(Role.PROPERTY, "")), store);
        Path folder = run.dataDir != null ? run.dataDir : Path.of(".hindcast", "live");
        DataFolder data = DataFolder.open(folder);
        try {
            FolderIdentity.keep(
                    data.root(),
                    new FolderIdentity()
                            .with("origin", "exchange")
                            .with(EventStoreKind.PROPERTY, store.toString())
                            .settle(data.root()));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
        console.line("Hindcast: " + String.join(", ", wanted) + " live from Binance. Data in " + folder + ".");
        return Running.until(data, properties, console, run, String.join(", ", wanted));
    }
}
