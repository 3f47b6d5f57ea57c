package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.runtime.WallTimer;
import io.hindcast.training.compute.ComputeException;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.PlatformId;
import io.hindcast.training.compute.StartRefusedException;
import io.hindcast.training.compute.WorkerLog;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers as Jobs of a Kubernetes cluster, one Job a run. The Job's name is derived from platform and run, so that
 * creating it again finds it. All that is read or deleted carries the platform's label; nothing else is touched.
 *
 * <p>A Job is created suspended, then the Secret with its token, then it is resumed. A platform that ends in between
 * leaves a Job without a pod, which is started again.
 */
public final class KubernetesProvider implements ComputeProvider {

    private static final Logger log = LoggerFactory.getLogger(KubernetesProvider.class);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOG_LINES = 30;
    private static final String RESUME = "{\"spec\":{\"suspend\":false}}";

    private final KubernetesClient client;
    private final String namespace;
    private final WorkerJob jobs;
    private final JobStates states;
    private final int capacity;
    private final WallTimer timer;

    /**
     * @param client closed with the provider; its namespace is that of the Jobs
     * @param memoryMegabytes limit of a worker's memory
     * @param heapMegabytes largest Java heap of a worker, less than its memory
     * @throws IllegalArgumentException if a setting is missing or does not fit the others
     */
    public KubernetesProvider(
            KubernetesClient client,
            PlatformId platform,
            KubernetesSettings settings,
            long memoryMegabytes,
            long heapMegabytes,
            WallTimer timer) {
        this.client = client;
        this.namespace = client.getNamespace();
        this.jobs = new WorkerJob(platform, settings, memoryMegabytes, heapMegabytes);
        this.states = new JobStates(memoryMegabytes);
        this.capacity = settings.count();
        this.timer = timer;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public String machine(TrainingRunId run) {
        return jobs.name(run);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void start(MachineRequest request) {
        String name = machine(request.run());
        Job job;
        try {
            job = client.resource(jobs.job(request)).inNamespace(namespace).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw ApiFailures.notCreated(name, e);
            }
            job = existing(request.run());
        }
        if (!Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            log.info("Job {} of {} is there already", name, request.run());
            return;
        }
        try {
            putSecret(jobs.secret(job, request));
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), RESUME);
        } catch (KubernetesClientException e) {
            throw ApiFailures.notCreated(name, e);
        }
        log.info("Job {}/{} runs {}", namespace, name, request.run());
    }

    /** Returns the Job that is in the way of a new one, if it is this run's. */
    private Job existing(TrainingRunId run) {
        String name = machine(run);
        Job job = job(run).orElseThrow(() -> new StartRefusedException(new TrainingFailure(
                "Job " + namespace + "/" + name + " exists, and is not this platform's",
                "Delete it, or set another " + KubernetesSettings.PREFIX + "namespace",
                false)));
        if (job.getMetadata().getDeletionTimestamp() != null) {
            throw new ComputeException("Job " + namespace + "/" + name + " is still being deleted. It is tried again");
        }
        return job;
    }

    /** Creates a Secret, in place of one that an earlier attempt left. */
    private void putSecret(Secret secret) {
        var resource = client.resource(secret).inNamespace(namespace);
        try {
            resource.create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            resource.delete();
            resource.create();
        }
    }

    @Override
    public MachineState look(TrainingRunId run) {
        Optional<Job> job = job(run);
        return job.isEmpty() ? new MachineState.Gone() : states.of(job.get(), pods(run), new ClusterDetails());
    }

    @Override
    public boolean release(TrainingRunId run) {
        String name = machine(run);
        if (job(run).isPresent()) {
            try {
                client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete();
                client.secrets().inNamespace(namespace).withName(name).delete();
            } catch (KubernetesClientException e) {
                throw ApiFailures.failed("delete", "Job " + namespace + "/" + name, e);
            }
        }
        awaitGone(run);
        return true;
    }

    private void awaitGone(TrainingRunId run) {
        long deadline = timer.nanoTime() + GONE_WITHIN.toNanos();
        while (job(run).isPresent() || !pods(run).isEmpty()) {
            if (timer.nanoTime() > deadline) {
                throw new ComputeException("Job " + namespace + "/" + machine(run) + " or its pod is still there "
                        + GONE_WITHIN.toSeconds() + " s after it was deleted. See whether its node is lost: delete the"
                        + " pod by kubectl delete pod --force then; it is tried again");
            }
            try {
                timer.pause(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ComputeException("Interrupted while Job " + machine(run) + " is deleted", e);
            }
        }
    }

    @Override
    public Set<TrainingRunId> machines() {
        Set<TrainingRunId> runs = new HashSet<>();
        for (Job job : jobs(jobs.labels())) {
            runs.add(run(job));
        }
        return runs;
    }

    private static TrainingRunId run(Job job) {
        Map<String, String> annotations = job.getMetadata().getAnnotations();
        String text = annotations == null ? "" : annotations.getOrDefault(WorkerJob.RUN, "");
        try {
            return TrainingRunId.parse(text);
        } catch (RuntimeException e) {
            throw new ComputeException(
                    "Job " + job.getMetadata().getName() + " has this platform's labels, but its annotation "
                            + WorkerJob.RUN + " is '" + text + "', expected a training run. Delete the Job",
                    e);
        }
    }

    private Optional<Job> job(TrainingRunId run) {
        return jobs(jobs.labels(run)).stream().findFirst();
    }

    private List<Job> jobs(Map<String, String> labels) {
        try {
            return items(client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withLabels(labels)
                    .list());
        } catch (KubernetesClientException e) {
            throw ApiFailures.failed("list", "Jobs of namespace " + namespace, e);
        }
    }

    private List<Pod> pods(TrainingRunId run) {
        try {
            return items(client.pods()
                    .inNamespace(namespace)
                    .withLabels(jobs.labels(run))
                    .list());
        } catch (KubernetesClientException e) {
            throw ApiFailures.failed("list", "pods of namespace " + namespace, e);
        }
    }

    /** Returns the items of a list; an answer that is no list of an API server must not be taken for an empty one. */
    private static <T extends HasMetadata> List<T> items(KubernetesResourceList<T> list) {
        String version = list.getMetadata() == null ? null : list.getMetadata().getResourceVersion();
        if (version == null || version.isEmpty()) {
            throw new ComputeException("The answer is no list of a Kubernetes API server: it has no resourceVersion."
                    + " See what answers at its address; it is tried again");
        }
        return list.getItems();
    }

    private final class ClusterDetails implements JobStates.Details {

        @Override
        public String log(Pod pod) {
            try {
                // The client's own method waits for the pod to be ready, which one that has ended never is.
                String text = client.raw("/api/v1/namespaces/" + namespace + "/pods/"
                        + pod.getMetadata().getName() + "/log?container=" + WorkerJob.CONTAINER + "&tailLines="
                        + LOG_LINES);
                return text == null ? "" : WorkerLog.tail(text);
            } catch (KubernetesClientException e) {
                log.info("No log of pod {}: {}", pod.getMetadata().getName(), ApiFailures.text(e));
                return "";
            }
        }

        @Override
        public Optional<String> noPod(Job job) {
            try {
                return client
                        .v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.uid", job.getMetadata().getUid())
                        .withField("reason", "FailedCreate")
                        .list()
                        .getItems()
                        .stream()
                        .max(Comparator.comparing(event ->
                                Optional.ofNullable(event.getLastTimestamp()).orElse("")))
                        .map(event -> Optional.ofNullable(event.getMessage()).orElse(""));
            } catch (KubernetesClientException e) {
                throw ApiFailures.failed("list", "events of namespace " + namespace, e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
