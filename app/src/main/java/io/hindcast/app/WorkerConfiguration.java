package io.hindcast.app;

import io.hindcast.training.PlatformAddress;
import io.hindcast.training.compute.WorkerProgram;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** How workers on this machine are started, and where they find this process. */
@Configuration(proxyBeanMethods = false)
public class WorkerConfiguration {

    @Bean
    PlatformAddress platformAddress(Environment environment) {
        return () -> Optional.ofNullable(environment.getProperty("local.server.port"))
                .map(port -> URI.create("http://" + host(environment) + ":" + port));
    }

    /** An address that stands for all of the machine's is reached by the loopback one. */
    private static String host(Environment environment) {
        String address = environment.getProperty("server.address", "127.0.0.1");
        return switch (address) {
            case "0.0.0.0", "::", "" -> "127.0.0.1";
            default -> address.contains(":") ? "[" + address + "]" : address;
        };
    }

    /** The same program on the same Java runtime, compiled quickly rather than well: training is native code. */
    @Bean
    WorkerProgram workerProgram() {
        return WorkerProgram.ofThisProcess(List.of("-XX:TieredStopAtLevel=1"), Hindcast.class.getName(), "worker");
    }
}
