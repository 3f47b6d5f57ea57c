package io.hindcast.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.app.local.DatabaseAddress;
import io.hindcast.app.local.LocalParts;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.ArtifactStore.MissingBucket;
import io.hindcast.artifacts.S3Connection;
import io.hindcast.console.StartFailure;
import io.hindcast.graphql.PlatformInfo;
import io.hindcast.history.HistoryConfiguration;
import io.hindcast.readmodel.database.Migrations;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.Waits;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.exchange.RemoteClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.s3.S3Client;

/** What every wing is offered: clocks, the database, the artifact store, a place to show progress. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, ArtifactSettings.class})
@Import(HistoryConfiguration.class)
public class PlatformConfiguration {

    @Bean
    InstantSource wallClock() {
        return InstantSource.system();
    }

    /** Names this process among others on the same database; another name at each start. */
    @Bean
    String processId() {
        return UUID.randomUUID().toString();
    }

    @Bean
    Waits waits() {
        return Waits.real();
    }

    /** What does not work in this process, and what was given up: console, health and the page read it. */
    @Bean
    Outages outages(@Qualifier("wallClock") InstantSource wallClock) {
        return new Outages(wallClock);
    }

    /** What every supervised loop of this process stands on. */
    @Bean
    SupervisedLoop.Ground loopGround(Waits waits, Outages outages, MeterRegistry meters) {
        return new SupervisedLoop.Ground(
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)), waits, new Random(), outages, meters);
    }

    /** The simulator's clock where one plays the market, in this process or in another, else the wall's. */
    @Bean
    @SuppressWarnings(
            "UnnecessaryMethodReference") // necessary: the simulator itself would be a second bean of its type
    InstantSource marketClock(
            ObjectProvider<ExchangeSimulator> simulator, @Value("${hindcast.market-clock:}") String elsewhere) {
        ExchangeSimulator simulated = simulator.getIfAvailable();
        if (simulated != null) {
            return simulated::instant;
        }
        return elsewhere.isBlank() ? InstantSource.system() : MarketClocks.at(elsewhere);
    }

    /** What the dashboard says is running here. */
    @Bean
    PlatformInfo platformInfo(
            @Value("${hindcast.name:Hindcast}") String name,
            ObjectProvider<ExchangeSimulator> simulator,
            @Qualifier("marketClock") InstantSource marketClock) {
        String build = PlatformConfiguration.class.getPackage().getImplementationVersion();
        ExchangeSimulator simulated = simulator.getIfAvailable();
        return new PlatformInfo(
                name,
                build == null ? "development" : build,
                marketClock instanceof RemoteClock remote
                        ? Optional.of(remote.speed())
                        : Optional.ofNullable(simulated).map(ExchangeSimulator::speed));
    }

    @Bean
    ProgressReporter progressReporter(ObjectProvider<io.hindcast.console.Console> console) {
        io.hindcast.console.Console found = console.getIfAvailable();
        return found == null ? ProgressReporter.NONE : new io.hindcast.console.ConsoleProgress(found);
    }

    /** The one database, brought up to date before anyone sees it. */
    @Bean(destroyMethod = "close")
    DataSource dataSource(DatabaseSettings settings, ObjectProvider<LocalParts> local) {
        DatabaseAddress address = settings.address()
                .orElseGet(() -> local.getIfAvailable(() -> {
                            throw new StartFailure(
                                    "There is neither a database (hindcast.database.url, or --database-url) nor a folder"
                                            + " to keep one in (--data-dir). Name one of the two.");
                        })
                        .database());
        HikariConfig config = new HikariConfig();
        config.setPoolName("hindcast");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(Math.min(8, settings.connections()));
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(2_000);
        config.setInitializationFailTimeout(20_000);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "hindcast");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource dataSource;
        try {
            dataSource = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StartFailure(
                    "The database " + address + " cannot be reached: " + rootMessage(e)
                            + ". Check its address and that it runs.",
                    e);
        }
        try {
            Migrations.migrate(dataSource);
            return dataSource;
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
    }

    @Bean(destroyMethod = "close")
    S3Client s3Client(ArtifactSettings settings, ObjectProvider<LocalParts> local) {
        S3Connection connection = settings.connection()
                .orElseGet(() -> local.getIfAvailable(() -> {
                            throw new StartFailure(
                                    "There is neither an artifact store (hindcast.artifacts.region, and .endpoint if it is"
                                            + " not AWS's) nor a folder to keep one in (--data-dir). Name one of the two.");
                        })
                        .artifacts());
        return connection.open();
    }

    @Bean
    ArtifactStore artifactStore(S3Client s3, ArtifactSettings settings) {
        return new ArtifactStore(
                s3, settings.bucket(), settings.isElsewhere() ? MissingBucket.REFUSE : MissingBucket.CREATE);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
