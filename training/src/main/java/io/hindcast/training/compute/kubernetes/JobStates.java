package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.WorkerExit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Derives the state of a machine from its Job, the Job's pod and events. A Job that is to fail has the condition
 * {@code FailureTarget} while its pod ends, and {@code Failed} afterwards.
 */
final class JobStates {

    private static final Set<String> FAILURES = Set.of("FailureTarget", "Failed");
    private static final String OVER_DEADLINE = "DeadlineExceeded";

    private final PodStates pods;

    /** What is read of the cluster only if the state depends on it. */
    interface Details {
        /** Returns the end of the log of a pod in one line; empty if there is none any more. */
        String log(Pod pod);

        /** Returns the message of the latest event by which the cluster created no pod for the Job. */
        Optional<String> noPod(Job job);
    }

    /** @param memoryMegabytes limit of a pod's memory */
    JobStates(long memoryMegabytes) {
        this.pods = new PodStates(memoryMegabytes);
    }

    MachineState of(Job job, List<Pod> found, Details details) {
        Optional<Pod> pod = found.stream()
                .max(Comparator.comparing((Pod one) -> one.getMetadata().getCreationTimestamp()));
        String log = "";
        if (job.getMetadata().getDeletionTimestamp() != null) {
            return again("its Job was deleted");
        }
        Optional<JobCondition> failed = condition(job, FAILURES);
        if (failed.isPresent() && OVER_DEADLINE.equals(failed.get().getReason())) {
            return new MachineState.Ended(
                    overDeadline(job, pod.map(details::log).orElse(log)));
        }
        if (pod.isPresent()) {
            Pod newest = pod.get();
            return pods.of(newest, () -> details.log(newest));
        }
        if (failed.isPresent()) {
            return again("its pod was deleted, or has vanished with its node ("
                    + failed.get().getMessage() + ")");
        }
        if (condition(job, Set.of("Complete")).isPresent()) {
            return new MachineState.Ended(WorkerExit.of(0, log));
        }
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return again("its Job was created and never started");
        }
        return new MachineState.Starting(details.noPod(job).map(ApiFailures::noPod));
    }

    private static MachineState again(String reason) {
        return new MachineState.Ended(new TrainingFailure(reason, "It is tried again", true));
    }

    private static TrainingFailure overDeadline(Job job, String log) {
        return new TrainingFailure(
                "the worker was not done within the " + job.getSpec().getActiveDeadlineSeconds()
                        + " s that its Job may take" + WorkerExit.quoted(log),
                "See in its log whether the training hangs; it is tried again",
                true);
    }

    private static Optional<JobCondition> condition(Job job, Set<String> types) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(one -> types.contains(one.getType()) && "True".equals(one.getStatus()))
                        .findFirst();
    }
}
