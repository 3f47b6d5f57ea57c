package io.hindcast.app;

import io.hindcast.app.axon.AxonConfiguration;
import io.hindcast.app.axon.AxonServerStoreConfiguration;
import io.hindcast.app.axon.PostgresStoreConfiguration;
import io.hindcast.app.health.HealthConfiguration;
import io.hindcast.app.metrics.MetricsConfiguration;
import io.hindcast.app.role.RoleImportSelector;
import io.hindcast.app.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The Spring application: the platform's own configurations and those of the enabled roles. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            // Axon's defaults that io.hindcast.app.axon replaces by explicit beans
            "org.axonframework.springboot.autoconfig.AvroSerializerAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonJobRunrAutoConfiguration",
            "org.axonframework.springboot.autoconfig.CBORMapperAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration",
            "org.axonframework.springboot.autoconfig.MetricsAutoConfiguration",
            "org.axonframework.springboot.autoconfig.MicrometerMetricsAutoConfiguration",
            "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.OpenTelemetryAutoConfiguration",
            "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration",
            "org.axonframework.springboot.autoconfig.XStreamAutoConfiguration",
            "org.axonframework.springboot.autoconfig.legacyjpa.JpaJavaxAutoConfiguration",
            "org.axonframework.springboot.autoconfig.legacyjpa.JpaJavaxEventStoreAutoConfiguration"
        })
@Import({
    RoleImportSelector.class,
    PlatformConfiguration.class,
    AxonConfiguration.class,
    PostgresStoreConfiguration.class,
    AxonServerStoreConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    WebConfiguration.class,
    WorkerConfiguration.class
})
public class HindcastApplication {}
