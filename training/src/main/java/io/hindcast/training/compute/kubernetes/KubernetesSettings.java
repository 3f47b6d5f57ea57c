package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of workers as Jobs of a Kubernetes cluster. Memory and heap are those of every worker.
 *
 * @param kubeconfig file that names the cluster and the account; by default the service account of this pod, or the
 *     file that {@code KUBECONFIG} or the home folder has
 * @param namespace of the Jobs; by default the one of the account
 * @param image image of the worker
 * @param count Jobs at a time, 1 or more
 * @param cpu processors of a worker, as a Kubernetes quantity
 * @param gpu graphics processors of a worker
 * @param node nodes on which workers may run
 */
public record KubernetesSettings(
        Optional<String> kubeconfig,
        Optional<String> namespace,
        @DefaultValue Image image,
        @DefaultValue("3") int count,
        @DefaultValue("2") String cpu,
        @DefaultValue Gpu gpu,
        @DefaultValue Node node) {

    /** Beginning of the settings' names. */
    public static final String PREFIX = "hindcast.training.worker.kubernetes.";

    private static final String LABEL = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

    public KubernetesSettings {
        if (count < 1) {
            throw refused("count", Integer.toString(count), "1 or more");
        }
        if (!isPositive(cpu)) {
            throw refused("cpu", cpu, "a Kubernetes quantity of processors, such as 2 or 500m");
        }
        namespace
                .filter(name -> !name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"))
                .ifPresent(name -> {
                    throw refused("namespace", name, "1 to 63 lower-case letters, digits and dashes");
                });
    }

    /**
     * The image of the worker.
     *
     * @param name reference with a tag or digest
     * @param pullPolicy when nodes pull it
     * @param pullSecrets names of Secrets with which they do
     */
    public record Image(
            Optional<String> name,
            @DefaultValue("if-not-present") PullPolicy pullPolicy,
            @DefaultValue List<String> pullSecrets) {

        public Image {
            pullSecrets = List.copyOf(pullSecrets);
            name.filter(text -> !text.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]*")).ifPresent(text -> {
                throw refused("image.name", text, "a reference such as registry.example.com/hindcast-worker:1");
            });
        }
    }

    /** When nodes pull the image. */
    public enum PullPolicy {
        /** Unless the node has it. */
        IF_NOT_PRESENT("IfNotPresent"),
        /** For every worker. */
        ALWAYS("Always"),
        /** Not at all: it was loaded into the nodes. */
        NEVER("Never");

        private final String value;

        PullPolicy(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }
    }

    /**
     * Graphics processors.
     *
     * @param count of a worker; 0 for none
     * @param resource name under which nodes offer them
     */
    public record Gpu(
            @DefaultValue("0") int count,
            @DefaultValue("nvidia.com/gpu") String resource) {

        public Gpu {
            if (count < 0) {
                throw refused("gpu.count", Integer.toString(count), "0 or more");
            }
            if (!resource.matches("[a-z0-9.-]+/" + LABEL)) {
                throw refused("gpu.resource", resource, "the name of an extended resource, such as nvidia.com/gpu");
            }
        }
    }

    /**
     * Nodes on which workers may run.
     *
     * @param selector labels of the nodes
     * @param tolerations taints of the nodes, written {@code key=value:effect} or {@code key:effect}
     */
    public record Node(
            @DefaultValue Map<String, String> selector,
            @DefaultValue List<String> tolerations) {

        public Node {
            selector = Map.copyOf(selector);
            tolerations = List.copyOf(tolerations);
            tolerations.forEach(Taint::parse);
        }
    }

    /**
     * Returns these settings after a check that Jobs can be made of them.
     *
     * @param memoryMegabytes limit of a worker's memory
     * @param heapMegabytes largest Java heap of a worker
     * @throws IllegalArgumentException if there is no image, no such kubeconfig, or no memory beside the heap
     */
    public KubernetesSettings checked(long memoryMegabytes, long heapMegabytes) {
        if (image.name().isEmpty()) {
            throw new IllegalArgumentException(PREFIX
                    + "image.name is not set, expected the worker's image: docs/workers.md shows how it is built");
        }
        kubeconfig.filter(file -> !Files.isReadable(Path.of(file))).ifPresent(file -> {
            throw refused("kubeconfig", file, "a file that can be read");
        });
        if (heapMegabytes >= memoryMegabytes) {
            throw new IllegalArgumentException("hindcast.training.worker.heap-megabytes was " + heapMegabytes
                    + ", expected less than hindcast.training.worker.memory-megabytes, " + memoryMegabytes
                    + ": native libraries need memory beside the heap");
        }
        return this;
    }

    private static boolean isPositive(String quantity) {
        try {
            return Quantity.getAmountInBytes(Quantity.parse(quantity)).signum() > 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    static IllegalArgumentException refused(String name, String value, String expected) {
        return new IllegalArgumentException(PREFIX + name + " was '" + value + "', expected " + expected);
    }
}
