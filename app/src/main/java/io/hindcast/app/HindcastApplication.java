package io.hindcast.app;

import io.hindcast.app.health.HealthConfiguration;
import io.hindcast.app.metrics.MetricsConfiguration;
import io.hindcast.app.role.WingSelector;
import io.hindcast.app.store.AxonConfiguration;
import io.hindcast.app.store.AxonServerStoreConfiguration;
import io.hindcast.app.store.PostgresStoreConfiguration;
import io.hindcast.app.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The Spring application: its own parts, and the wings whose roles are on. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            // what Axon would put in by itself and io.hindcast.app.store puts in by hand
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
    WingSelector.class,
    PlatformConfiguration.class,
    AxonConfiguration.class,
    PostgresStoreConfiguration.class,
    AxonServerStoreConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    WebConfiguration.class
})
public class HindcastApplication {}
