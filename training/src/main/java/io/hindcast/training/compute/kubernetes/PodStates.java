package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.WorkerExit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Derives the state of a machine from its pod. Reasons are those of the kubelet, of the scheduler and of the pod
 * condition {@code DisruptionTarget}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod Lifecycle</a>
 */
final class PodStates {

    private static final Set<String> NOT_PULLED = Set.of("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable");
    private static final Set<String> NEVER_PULLED =
            Set.of("ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "SignatureValidationFailed");
    private static final Set<String> NOT_CREATED = Set.of("CreateContainerConfigError", "CreateContainerError");

    private final long memoryMegabytes;

    /** @param memoryMegabytes limit of a pod's memory */
    PodStates(long memoryMegabytes) {
        this.memoryMegabytes = memoryMegabytes;
    }

    /** @param log end of the worker's log, read if the worker has ended */
    MachineState of(Pod pod, Supplier<String> log) {
        PodStatus status = pod.getStatus();
        Optional<TrainingFailure> disruption = disruption(pod, log);
        if (disruption.isPresent()) {
            return new MachineState.Ended(disruption.get());
        }
        Optional<ContainerStatus> container = status.getContainerStatuses().stream()
                .filter(one -> one.getName().equals(WorkerJob.CONTAINER))
                .findFirst();
        ContainerState state = container.map(ContainerStatus::getState).orElseGet(ContainerState::new);
        boolean beingDeleted = pod.getMetadata().getDeletionTimestamp() != null;
        if (state.getTerminated() != null && !(beingDeleted && isKilled(state.getTerminated()))) {
            return new MachineState.Ended(ended(state.getTerminated(), log.get()));
        }
        if (beingDeleted) {
            return new MachineState.Ended(deleted(log.get()));
        }
        if (state.getRunning() != null) {
            return new MachineState.Running();
        }
        return state.getWaiting() == null
                ? new MachineState.Starting(unscheduled(status))
                : waiting(
                        state.getWaiting(),
                        container.map(ContainerStatus::getImage).orElse(""));
    }

    /** Explains a pod that the cluster ended: evicted, preempted, drained, or lost with its node. */
    private static Optional<TrainingFailure> disruption(Pod pod, Supplier<String> log) {
        PodStatus status = pod.getStatus();
        Optional<String> target =
                condition(status, "DisruptionTarget", "True").map(found -> said(found.getReason(), found.getMessage()));
        Optional<String> reason = "Failed".equals(status.getPhase()) && status.getReason() != null
                ? Optional.of(said(status.getReason(), status.getMessage()))
                : Optional.empty();
        return reason.or(() -> target).map(text -> {
            boolean evicted = text.startsWith("Evicted") || text.startsWith("TerminationByKubelet");
            return new TrainingFailure(
                    "the cluster ended the worker's pod (" + text + ")" + WorkerExit.quoted(log.get()),
                    evicted
                            ? "See that nodes have the memory and disk that workers ask for; it is tried again"
                            : "See whether its node is there; it is tried again",
                    true);
        });
    }

    /** Returns whether a container ended by one of the signals with which the kubelet ends deleted pods. */
    private static boolean isKilled(ContainerStateTerminated terminated) {
        int code = terminated.getExitCode();
        return !"OOMKilled".equals(terminated.getReason()) && (code == 128 + 9 || code == 128 + 15);
    }

    private TrainingFailure ended(ContainerStateTerminated terminated, String log) {
        String reason = terminated.getReason() == null ? "" : terminated.getReason();
        return switch (reason) {
            case "OOMKilled" -> WorkerExit.overLimit(memoryMegabytes, log);
            case "StartError", "ContainerCannotRun" ->
                new TrainingFailure(
                        "the worker's container cannot start: " + terminated.getMessage(),
                        "Build the worker's image as docs/workers.md describes, and set " + KubernetesSettings.PREFIX
                                + "image.name to it",
                        false);
            default -> WorkerExit.of(terminated.getExitCode(), log);
        };
    }

    private static TrainingFailure deleted(String log) {
        return new TrainingFailure(
                "the worker's pod was deleted" + WorkerExit.quoted(log),
                "See who deletes pods of the namespace; it is tried again",
                true);
    }

    private static Optional<TrainingFailure> unscheduled(PodStatus status) {
        return condition(status, "PodScheduled", "False")
                .map(found -> new TrainingFailure(
                        "no node takes the worker's pod (" + said(found.getReason(), found.getMessage()) + ")",
                        "Add a node, or lower hindcast.training.worker.memory-megabytes or " + KubernetesSettings.PREFIX
                                + "cpu, or correct gpu and node there; it starts by itself once a node takes it",
                        true));
    }

    private static MachineState waiting(ContainerStateWaiting waiting, String image) {
        String reason = waiting.getReason() == null ? "" : waiting.getReason();
        String said = said(reason, waiting.getMessage());
        if (NOT_PULLED.contains(reason)) {
            return new MachineState.Starting(Optional.of(notPulled(image, said, true)));
        }
        if (NEVER_PULLED.contains(reason)) {
            return new MachineState.Ended(notPulled(image, said, false));
        }
        if (NOT_CREATED.contains(reason)) {
            return new MachineState.Ended(new TrainingFailure(
                    "the worker's container cannot be created (" + said + ")",
                    "Build the worker's image as docs/workers.md describes: it runs as a user that is not root",
                    false));
        }
        return new MachineState.Starting(Optional.empty());
    }

    private static TrainingFailure notPulled(String image, String said, boolean retryable) {
        return new TrainingFailure(
                "the node cannot get image " + image + " (" + said + ")",
                "See that " + KubernetesSettings.PREFIX + "image.name exists and can be pulled with image.pull-secrets"
                        + " there",
                retryable);
    }

    private static Optional<PodCondition> condition(PodStatus status, String type, String value) {
        return status.getConditions().stream()
                .filter(one -> type.equals(one.getType()) && value.equals(one.getStatus()))
                .findFirst();
    }

    private static String said(@Nullable String reason, @Nullable String message) {
        String first = reason == null ? "" : reason;
        return message == null || message.isBlank() ? first : first + ": " + message.strip();
    }
}
