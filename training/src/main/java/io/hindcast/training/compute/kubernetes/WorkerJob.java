package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.training.compute.MachineNames;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.PlatformId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Composes the Job of a run and the Secret with its token. The Job is suspended until its Secret is there. Its pod
 * meets the Pod Security level {@code restricted}, has no service account token, and writes to {@code /tmp} only.
 */
final class WorkerJob {

    /** Label with the platform's identity. */
    static final String PLATFORM = "hindcast.io/platform";

    /** Label with the machine's name. */
    static final String MACHINE = "hindcast.io/machine";

    /** Annotation with the run. */
    static final String RUN = "hindcast.io/run";

    static final String CONTAINER = "worker";
    private static final String TOKEN = "token";
    private static final String TEMPORARY = "/tmp";
    private static final int KEPT_SECONDS = 3_600;

    /** A worker has nothing to save when it is told to end. */
    private static final long GRACE_SECONDS = 2;

    private final PlatformId platform;
    private final KubernetesSettings settings;
    private final String image;
    private final long memoryMegabytes;
    private final long heapMegabytes;

    /**
     * @param memoryMegabytes limit of a worker's memory
     * @param heapMegabytes largest Java heap of a worker, less than its memory
     * @throws IllegalArgumentException if a setting is missing or does not fit the others
     */
    WorkerJob(PlatformId platform, KubernetesSettings settings, long memoryMegabytes, long heapMegabytes) {
        this.platform = platform;
        this.settings = settings;
        this.memoryMegabytes = memoryMegabytes;
        this.heapMegabytes = heapMegabytes;
        this.image =
                settings.checked(memoryMegabytes, heapMegabytes).image().name().orElseThrow();
    }

    String name(TrainingRunId run) {
        return MachineNames.of(run, platform);
    }

    /** Returns the labels of all Jobs, pods and Secrets of this platform. */
    Map<String, String> labels() {
        return Map.of(
                "app.kubernetes.io/name",
                "hindcast-worker",
                "app.kubernetes.io/managed-by",
                "hindcast",
                PLATFORM,
                platform.value());
    }

    /** Returns the labels of a run's Job, pod and Secret. */
    Map<String, String> labels(TrainingRunId run) {
        Map<String, String> labels = new HashMap<>(labels());
        labels.put(MACHINE, name(run));
        return labels;
    }

    Job job(MachineRequest request) {
        TrainingRunId run = request.run();
        return new JobBuilder()
                .withNewMetadata()
                .withName(name(run))
                .withLabels(labels(run))
                .withAnnotations(Map.of(RUN, run.toString()))
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withBackoffLimit(0)
                .withCompletions(1)
                .withParallelism(1)
                .withActiveDeadlineSeconds(request.lifetime().toSeconds())
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels(run))
                .withAnnotations(Map.of(RUN, run.toString()))
                .endMetadata()
                .withSpec(pod(request))
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec pod(MachineRequest request) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withImagePullSecrets(settings.image().pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNodeSelector(settings.node().selector())
                .withTolerations(
                        settings.node().tolerations().stream().map(Taint::parse).toList())
                .withContainers(container(request))
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("10Gi"))
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private Container container(MachineRequest request) {
        Map<String, Quantity> resources = resources();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withImagePullPolicy(settings.image().pullPolicy().value())
                .withArgs("--platform", request.platform().toString(), "--machine", name(request.run()))
                .withEnv(environment(request.run()))
                .withNewResources()
                .withRequests(resources)
                .withLimits(resources)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath(TEMPORARY)
                .endVolumeMount()
                .build();
    }

    private Map<String, Quantity> resources() {
        Map<String, Quantity> resources = new HashMap<>();
        resources.put("cpu", new Quantity(settings.cpu()));
        resources.put("memory", new Quantity(memoryMegabytes + "Mi"));
        if (settings.gpu().count() > 0) {
            resources.put(
                    settings.gpu().resource(),
                    new Quantity(Integer.toString(settings.gpu().count())));
        }
        return resources;
    }

    private List<EnvVar> environment(TrainingRunId run) {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(new EnvVarBuilder()
                .withName("HINDCAST_WORKER_TOKEN")
                .withNewValueFrom()
                .withNewSecretKeyRef(TOKEN, name(run), false)
                .endValueFrom()
                .build());
        variables.add(variable("JAVA_TOOL_OPTIONS", "-Xmx" + heapMegabytes + "m"));
        // ONNX Runtime 1.29 reports to its maker otherwise, and crashes where it finds neither a machine id nor a
        // shell.
        variables.add(variable("ORT_DISABLE_TELEMETRY", "1"));
        // Native libraries are unpacked, and published encoders stored, below the one folder that can be written.
        variables.add(variable("HOME", TEMPORARY));
        variables.add(variable("DJL_CACHE_DIR", TEMPORARY + "/djl"));
        variables.add(variable("HINDCAST_MODEL_CACHE", TEMPORARY + "/models"));
        return variables;
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    /**
     * Returns the Secret with a run's token, which is deleted with its Job.
     *
     * @param job as the cluster has it
     */
    Secret secret(Job job, MachineRequest request) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name(request.run()))
                .withLabels(labels(request.run()))
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withStringData(Map.of(TOKEN, request.token()))
                .build();
    }
}
