package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.time.Duration;

/** Opens clients of API servers. */
public final class KubernetesClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(20);

    /** The dispatcher, which calls again, must not wait long for an API server that is away. */
    private static final int RETRIES = 2;

    private KubernetesClients() {}

    /**
     * Opens a client, without a request.
     *
     * @throws IllegalArgumentException if the file that the settings name is no kubeconfig
     */
    public static KubernetesClient open(KubernetesSettings settings) {
        Config found = settings.kubeconfig()
                .map(Path::of)
                .map(KubernetesClients::read)
                .orElseGet(() -> Config.autoConfigure(null));
        Config config = new ConfigBuilder(found)
                .withNamespace(
                        settings.namespace().orElse(found.getNamespace() == null ? "default" : found.getNamespace()))
                .withConnectionTimeout((int) CONNECT.toMillis())
                .withRequestTimeout((int) REQUEST.toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static Config read(Path file) {
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException e) {
            throw KubernetesSettings.refused(
                    "kubeconfig", file.toString(), "a kubeconfig file, and it is none: " + e.getMessage());
        }
    }
}
