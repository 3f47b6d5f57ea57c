package io.hindcast.training;

import io.hindcast.training.compute.ComputeProperties;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.compute.LocalProvider;
import io.hindcast.training.compute.LocalSettings;
import io.hindcast.training.compute.WorkerProgram;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Spring configuration of the source of machines. The importing application provides {@code WorkerProgram}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ComputeProperties.class)
class ComputeConfiguration {

    @Bean
    @Lazy
    ComputeProvider computeProvider(
            ComputeProperties compute,
            TrainingProperties training,
            WorkerProgram program,
            @Value("${server.port:8080}") int port) {
        return switch (compute.provider()) {
            case LOCAL -> new LocalProvider(localSettings(compute, training, port), program);
        };
    }

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
