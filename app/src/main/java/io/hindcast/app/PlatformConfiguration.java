package io.hindcast.app;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.console.Console;
import io.hindcast.console.ConsoleProgress;
import io.hindcast.graphql.PlatformInfo;
import io.hindcast.history.HistoryConfiguration;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.exchange.RemoteClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans that every role uses: clocks, timers, loops, outages, progress, and the storage. */
@Configuration(proxyBeanMethods = false)
@Import({HistoryConfiguration.class, StorageConfiguration.class})
public class PlatformConfiguration {

    @Bean
    InstantSource wallClock() {
        return InstantSource.system();
    }

    /** Random name of this process among those on the same database, new at each start. */
    @Bean
    String processId() {
        return UUID.randomUUID().toString();
    }

    @Bean
    WallTimer wallTimer() {
        return WallTimer.system();
    }

    @Bean
    Outages outages(@Qualifier("wallClock") InstantSource wallClock) {
        return new Outages(wallClock);
    }

    /** Dependencies of all supervised loops in this process. */
    @Bean
    SupervisedLoop.Context loopContext(WallTimer timer, Outages outages, MeterRegistry meters) {
        return new SupervisedLoop.Context(
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)), timer, new Random(), outages, meters);
    }

    /** The clock of the simulated market, in this process or in another one; the wall clock if there is none. */
    @Bean
    @SuppressWarnings("UnnecessaryMethodReference") // The simulator itself would be a second bean of its type.
    InstantSource marketClock(
            ObjectProvider<ExchangeSimulator> simulator, @Value("${hindcast.market-clock:}") String elsewhere) {
        ExchangeSimulator simulated = simulator.getIfAvailable();
        if (simulated != null) {
            return simulated::instant;
        }
        return elsewhere.isBlank() ? InstantSource.system() : RemoteMarketClock.connect(elsewhere);
    }

    /** Name, version and simulation speed for the dashboard. */
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
    ProgressReporter progressReporter(ObjectProvider<Console> console) {
        Console found = console.getIfAvailable();
        return found == null ? ProgressReporter.NONE : new ConsoleProgress(found);
    }
}
