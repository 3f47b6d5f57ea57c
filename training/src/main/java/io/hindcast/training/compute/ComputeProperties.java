package io.hindcast.training.compute;

import io.hindcast.training.compute.kubernetes.KubernetesSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of where workers run.
 *
 * @param provider source of machines
 * @param heapMegabytes largest Java heap of a worker
 * @param kubernetes settings of Jobs
 */
@ConfigurationProperties("hindcast.training.worker")
public record ComputeProperties(
        @DefaultValue("local") Provider provider,
        @DefaultValue("1024") long heapMegabytes,
        @DefaultValue KubernetesSettings kubernetes) {

    /** Sources of machines. */
    public enum Provider {
        /** Processes of this machine. */
        LOCAL,
        /** Jobs of a Kubernetes cluster. */
        KUBERNETES,
        /** Machines rented from Vast.ai. */
        VAST
    }
}
