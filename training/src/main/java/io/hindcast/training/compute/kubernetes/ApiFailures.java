package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.training.compute.ComputeException;
import io.hindcast.training.compute.StartRefusedException;

/** Explains refusals and failures of the API server, with what can be done. */
final class ApiFailures {

    private static final String QUOTA = "exceeded quota";
    private static final String POLICY = "violates PodSecurity";

    private ApiFailures() {}

    /** Returns the exception of a Job or Secret that could not be created: a refusal, if the server has refused it. */
    static RuntimeException notCreated(String machine, KubernetesClientException e) {
        boolean refused = e.getCode() == 400 || e.getCode() == 403 || e.getCode() == 404 || e.getCode() == 422;
        return refused
                ? new StartRefusedException(refusal("Kubernetes refuses Job " + machine, e.getCode(), text(e)))
                : failed("start", machine, e);
    }

    /** Returns the exception of a request that failed and is to be repeated. */
    static ComputeException failed(String verb, String what, KubernetesClientException e) {
        String remedy = switch (Math.max(0, e.getCode())) {
            // The client's code of a request without an answer is not positive.
            case 0 ->
                "See that the API server can be reached, and " + KubernetesSettings.PREFIX
                        + "kubeconfig if it is set; it is tried again";
            case 401 -> "Renew the account's credentials; it is tried again";
            case 403 -> "Give the account the Role of k8s/worker-rbac.yaml in that namespace; it is tried again";
            default -> "It is tried again";
        };
        return new ComputeException("Kubernetes does not " + verb + " " + what + ": " + text(e) + ". " + remedy, e);
    }

    /**
     * Explains why no pod is created for a Job.
     *
     * @param message of the cluster's event
     */
    static TrainingFailure noPod(String message) {
        return refusal("Kubernetes creates no pod", 403, message);
    }

    private static TrainingFailure refusal(String what, int code, String message) {
        String reason = what + ": " + message;
        if (message.contains(QUOTA)) {
            return new TrainingFailure(
                    reason,
                    "Raise the namespace's quota, or lower hindcast.training.worker.memory-megabytes and "
                            + KubernetesSettings.PREFIX + "cpu or count; it is tried again",
                    true);
        }
        if (message.contains(POLICY)) {
            return new TrainingFailure(
                    reason, "Set the namespace's Pod Security level to restricted or a lower one", false);
        }
        return switch (code) {
            case 403 ->
                new TrainingFailure(
                        reason, "Give the account the Role of k8s/worker-rbac.yaml in that namespace", false);
            case 404 ->
                new TrainingFailure(
                        reason, "Create the namespace, or set " + KubernetesSettings.PREFIX + "namespace", false);
            default -> new TrainingFailure(reason, "Correct the settings " + KubernetesSettings.PREFIX + "…", false);
        };
    }

    /** Returns the server's own words, or those of the failed connection. */
    static String text(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable last = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            last = cause;
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }
}
