package io.hindcast.app.cli;

import io.hindcast.api.market.Symbol;
import io.hindcast.app.axon.EventStoreKind;
import io.hindcast.app.local.DataFolder;
import io.hindcast.app.local.FolderIdentity;
import io.hindcast.app.role.Role;
import io.hindcast.app.role.RoleValidator;
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

/** {@code hindcast up}: follows Binance. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Follows Binance's spot market: history and gaps over REST, closed candles over WebSocket.",
            "Collects news about its markets from RSS feeds and Yahoo Finance (--set hindcast.news.collect=false for none).",
            "Needs access to api.binance.com and stream.binance.com. Stop it with Ctrl-C; the same command continues from there."
        })
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--symbols",
            paramLabel = "SYMBOL",
            split = ",",
            defaultValue = "BTCUSDT",
            description = "Markets to follow, separated by commas. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<String> symbols;

    @Option(
            names = "--history-days",
            paramLabel = "DAYS",
            defaultValue = "182",
            description = "Days to import before going live, and to train on. Default: ${DEFAULT-VALUE}, half a year.")
    int historyDays;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            description = "Roles that run in this process, separated by commas: "
                    + "feeds, command, inference, training, sagas,"
                    + " projections, query, graphql. Fewer than all need Axon Server as the event store. Default: all.")
    @Nullable String roles;

    @Option(
            names = "--event-store",
            paramLabel = "STORE",
            description =
                    "Store of the event log: postgres, or axon-server (see axon.axonserver.servers). Default: postgres.")
    @Nullable String eventStore;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "Your own PostgreSQL 18, as jdbc:postgresql://host/database, instead of the embedded one. User and password"
                            + " come from HINDCAST_DATABASE_USER and HINDCAST_DATABASE_PASSWORD.")
    @Nullable String databaseUrl;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunOptions run;

    @Override
    public Integer call() {
        Set<String> markets = new LinkedHashSet<>();
        symbols.forEach(symbol -> markets.add(new Symbol(symbol.strip()).value()));
        if (historyDays < 1) {
            throw new StartFailure("--history-days was " + historyDays + ", expected 1 or more.");
        }
        Console console = Console.ofProcess();
        Map<String, String> properties = run.properties();
        properties.put("hindcast.feeds.symbols", String.join(",", markets));
        properties.put("hindcast.feeds.history-days", Integer.toString(historyDays));
        properties.put("hindcast.sagas.history-days", Integer.toString(historyDays));
        properties.put("hindcast.news.collect", "true");
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
        RoleValidator.check(Role.parse(properties.getOrDefault(Role.PROPERTY, "")), store);
        Path folder = run.dataDir != null ? run.dataDir : Path.of(".hindcast", "live");
        DataFolder data = DataFolder.open(folder);
        try {
            FolderIdentity.store(
                    data.root(),
                    new FolderIdentity()
                            .with("origin", "exchange")
                            .with(EventStoreKind.PROPERTY, store.toString())
                            .resolve(data.root()));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
        console.line("Hindcast: " + String.join(", ", markets) + " live from Binance. Data in " + folder + ".");
        return PlatformRunner.runUntilStopped(data, properties, console, run, String.join(", ", markets));
    }
}
