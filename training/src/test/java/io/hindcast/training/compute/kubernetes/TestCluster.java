package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Assumptions;

/**
 * A real cluster, with a namespace of its own that enforces the Pod Security level {@code restricted} and holds the
 * project's Role. Needs three environment variables: {@value #KUBECONFIG}, a cluster administrator's file;
 * {@value #IMAGE}, the worker's image, which the nodes have or can pull; {@value #PLATFORM_URL}, the address by which
 * pods reach its port on this machine.
 */
@NullUnmarked
public final class TestCluster implements AutoCloseable {

    static final String KUBECONFIG = "HINDCAST_TEST_KUBECONFIG";
    static final String IMAGE = "HINDCAST_TEST_WORKER_IMAGE";
    static final String PLATFORM_URL = "HINDCAST_TEST_PLATFORM_URL";

    /** The account of the project's manifests. */
    public static final String ACCOUNT = "hindcast-training";

    private final Path folder;
    private final Config config;
    private final KubernetesClient admin;
    private final String namespace;

    private TestCluster(Path folder) {
        this.folder = folder;
        this.config = Config.fromKubeconfig(Path.of(System.getenv(KUBECONFIG)).toFile());
        this.admin = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        this.namespace = "hindcast-test-" + Integer.toHexString(new Random().nextInt(1 << 24));
    }

    /** Returns a cluster; skips the test if the environment names none. */
    public static TestCluster open(Path folder) {
        for (String variable : new String[] {KUBECONFIG, IMAGE, PLATFORM_URL}) {
            Assumptions.assumeTrue(
                    System.getenv(variable) != null,
                    "skipped: needs a Kubernetes cluster (" + variable + " is not set; see CONTRIBUTING.md)");
        }
        TestCluster cluster = new TestCluster(folder);
        cluster.create();
        return cluster;
    }

    private void create() {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                        .endMetadata()
                        .build())
                .create();
        try (InputStream manifests = Files.newInputStream(Path.of("..", "k8s", "worker-rbac.yaml"))) {
            admin.load(manifests).inNamespace(namespace).create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KubernetesClient admin() {
        return admin;
    }

    public String namespace() {
        return namespace;
    }

    public String image() {
        return System.getenv(IMAGE);
    }

    /** Returns the address by which pods reach this machine. */
    public URI platform() {
        return URI.create(System.getenv(PLATFORM_URL));
    }

    /** Returns the number of Jobs in the namespace. */
    public int jobs() {
        return admin.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .list()
                .getItems()
                .size();
    }

    /** Creates an account without rights. */
    void account(String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .inNamespace(namespace)
                .create();
    }

    /** Returns the kubeconfig file of an account. */
    public Path kubeconfig(String account) {
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        String text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: "%s"}}]
                current-context: x
                """.formatted(config.getMasterUrl(), config.getCaCertData(), token, namespace);
        try {
            return Files.writeString(folder.resolve(account + ".kubeconfig"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the only quota of the namespace. */
    void quota(String resource, int most) {
        admin.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("test")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of(resource, new Quantity(Integer.toString(most))))
                        .endSpec()
                        .build())
                .inNamespace(namespace)
                .create();
    }

    void removeQuota() {
        admin.resourceQuotas().inNamespace(namespace).delete();
    }

    @Override
    public void close() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }
}
