package io.hindcast.app.health;

import io.hindcast.app.metrics.ProcessorLag;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.console.Console;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.inference.LaneRegistry;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health indicators behind {@code /actuator/health/readiness}, and the reporting of outages. Indicators of roles that
 * do not run in this process are up.
 */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {

    @Bean
    HealthIndicator processorsHealthIndicator(ProcessorLag lag) {
        return new ProcessorsHealth(lag);
    }

    @Bean
    HealthIndicator artifactsHealthIndicator(ArtifactStore store) {
        return new ArtifactsHealth(store);
    }

    @Bean
    HealthIndicator lanesHealthIndicator(
            ObjectProvider<LaneRegistry> lanes, @Qualifier("marketClock") InstantSource marketClock) {
        LaneRegistry registry = lanes.getIfAvailable();
        return registry == null ? HealthConfiguration::notHere : new LanesHealth(registry, marketClock);
    }

    @Bean
    HealthIndicator feedHealthIndicator(ObjectProvider<FeedStatus> feed) {
        FeedStatus status = feed.getIfAvailable();
        return status == null ? HealthConfiguration::notHere : new FeedHealth(status);
    }

    @Bean
    HealthIndicator outagesHealthIndicator(Outages outages) {
        return new OutagesHealth(outages);
    }

    /** Axon's support of Spring registers it. */
    @Bean
    OutageQueryHandler outageQueryHandler(Outages outages) {
        return new OutageQueryHandler(outages);
    }

    @Bean
    OutageAnnouncer outageAnnouncer(
            DataSource database,
            ObjectProvider<AxonServerConnectionManager> axonServer,
            SupervisedLoop.Context loopContext,
            ObjectProvider<Console> console) {
        Consumer<String> log = LoggerFactory.getLogger(OutageAnnouncer.class)::warn;
        Console terminal = console.getIfAvailable();
        AxonServerConnectionManager server = axonServer.getIfAvailable();
        InfrastructureCheck check = new InfrastructureCheck(
                database, () -> server == null || server.getConnection().isConnected(), loopContext.outages());
        return new OutageAnnouncer(check, loopContext, terminal == null ? log : log.andThen(terminal::line));
    }

    private static Health notHere() {
        return Health.up().withDetail("role", "not in this process").build();
    }
}
