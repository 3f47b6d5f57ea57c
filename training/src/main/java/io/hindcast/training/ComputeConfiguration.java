package io.hindcast.training;

import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.training.compute.ComputeProperties;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.compute.LocalProvider;
import io.hindcast.training.compute.LocalSettings;
import io.hindcast.training.compute.PlatformId;
import io.hindcast.training.compute.WorkerProgram;
import io.hindcast.training.compute.kubernetes.KubernetesClients;
import io.hindcast.training.compute.kubernetes.KubernetesProvider;
import io.hindcast.training.compute.vast.VastProperties;
import io.hindcast.training.compute.vast.VastProvider;
import io.hindcast.training.compute.vast.VastSettings;
import io.hindcast.training.run.RunState;
import io.hindcast.training.run.TrainingLog;
import java.time.InstantSource;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/** Spring configuration of the source of machines. The importing application provides {@code WorkerProgram}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ComputeProperties.class, VastProperties.class})
class ComputeConfiguration {

    @Bean
    @Lazy
    @Primary
    ComputeProvider computeProvider(
            ComputeProperties compute,
            TrainingProperties training,
            WorkerProgram program,
            ObjectProvider<TokenStore> tokens,
            ObjectProvider<VastProvider> vast,
            WallTimer timer,
            @Value("${server.port:8080}") int port) {
        return switch (compute.provider()) {
            case LOCAL -> new LocalProvider(localSettings(compute, training, port), program);
            case KUBERNETES ->
                new KubernetesProvider(
                        KubernetesClients.open(compute.kubernetes()),
                        PlatformId.of(tokens.getObject()),
                        compute.kubernetes(),
                        training.worker().memoryMegabytes(),
                        compute.heapMegabytes(),
                        timer);
            case VAST -> vast.getObject();
        };
    }

    /** A bean of its own, since it takes much that the other sources do without. */
    @Bean
    @Lazy
    VastProvider vastProvider(
            VastProperties properties,
            TrainingProperties training,
            TokenStore tokens,
            EventStore events,
            CommandGateway commands,
            TrainingLog log,
            @Qualifier("wallClock") InstantSource wallClock,
            SupervisedLoop.Context context) {
        return new VastProvider(
                VastSettings.of(properties, training.worker().platformUrl()),
                new VastProvider.Platform(
                        PlatformId.of(tokens),
                        events,
                        commands,
                        wallClock,
                        context,
                        run -> log.run(run).flatMap(RunState::worker).isPresent(),
                        training.worker().startTimeout()));
    }

    /** Refuses incomplete settings when the process starts, not when the first run waits. */
    @Bean
    ComputeSettingsCheck computeSettingsCheck(
            ComputeProperties compute, VastProperties properties, TrainingProperties training) {
        switch (compute.provider()) {
            case LOCAL -> {}
            case KUBERNETES -> {
                RemoteAddress.check(training.worker().platformUrl(), "kubernetes");
                compute.kubernetes().checked(training.worker().memoryMegabytes(), compute.heapMegabytes());
            }
            case VAST -> VastSettings.of(properties, training.worker().platformUrl());
        }
        return new ComputeSettingsCheck();
    }

    /** The settings of the source of machines have been checked. */
    record ComputeSettingsCheck() {}

    private static LocalSettings localSettings(ComputeProperties compute, TrainingProperties training, int port) {
        return new LocalSettings(
                training.local().folder(),
                training.trl().modelCache(),
                training.local().count(),
                compute.heapMegabytes(),
                training.worker().memoryMegabytes(),
                training.local().niceness(),
                // A platform on a random port has another address after a restart.
                port == 0 ? Optional.of(ProcessHandle.current().pid()) : Optional.empty());
    }
}
