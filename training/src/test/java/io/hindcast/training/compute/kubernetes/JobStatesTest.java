package io.hindcast.training.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.training.compute.MachineState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** States of machines from statuses of Jobs and pods that were recorded on a node of Kubernetes 1.37. */
@NullUnmarked
class JobStatesTest {

    private static final JsonNode RECORDED = recorded();

    private final JobStates states = new JobStates(512);
    private Optional<String> event = Optional.empty();

    private static JsonNode recorded() {
        try (InputStream file = JobStatesTest.class.getResourceAsStream("/kubernetes/statuses.json")) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Job job(String name) {
        return Serialization.unmarshal(RECORDED.at("/jobs/" + name).toString(), Job.class);
    }

    private MachineState state(String job, String... pods) {
        return states.of(
                job(job),
                List.of(pods).stream()
                        .map(name -> Serialization.unmarshal(
                                RECORDED.at("/pods/" + name).toString(), Pod.class))
                        .toList(),
                new JobStates.Details() {
                    @Override
                    public String log(Pod pod) {
                        return "the end";
                    }

                    @Override
                    public Optional<String> noPod(Job job) {
                        return event;
                    }
                });
    }

    private TrainingFailure end(String job, String... pods) {
        return ((MachineState.Ended) state(job, pods)).failure();
    }

    private TrainingFailure obstacle(String job, String... pods) {
        return ((MachineState.Starting) state(job, pods)).obstacle().orElseThrow();
    }

    @Test
    void startsAndRuns() {
        assertThat(state("active")).isEqualTo(new MachineState.Starting(Optional.empty()));
        assertThat(state("active", "creating")).isEqualTo(new MachineState.Starting(Optional.empty()));
        assertThat(state("active", "running")).isInstanceOf(MachineState.Running.class);
    }

    @Test
    void anExitIsExplainedWithTheEndOfTheLog() {
        assertThat(end("failed", "exited").reason()).isEqualTo("the worker ended with code 1; its log ends: the end");
        assertThat(end("active", "exited").retryable()).isTrue();
    }

    @Test
    void tellsOutOfMemoryDeadlineAndEvictionApart() {
        assertThat(end("failed", "outOfMemory").reason()).contains("more than its limit of 512 MB", "the end");
        assertThat(end("failed", "outOfMemory").remedy()).contains("hindcast.training.worker.memory-megabytes");
        assertThat(end("overDeadline", "beingDeleted").reason()).contains("not done within the 8 s", "the end");
        assertThat(end("overDeadline").reason()).contains("not done within the 8 s");
        assertThat(end("failed", "evictedByKubelet").reason())
                .contains("Evicted", "Usage of EmptyDir volume \"tmp\" exceeds the limit");
        assertThat(end("failed", "evictedByApi").reason()).contains("EvictionByEvictionAPI", "the end");
        assertThat(end("failed").reason()).contains("its pod was deleted, or has vanished with its node");
        assertThat(end("active", "beingDeleted").reason()).contains("the worker's pod was deleted");
        assertThat(end("active", "endedByDeletion").reason()).contains("the worker's pod was deleted", "the end");
        assertThat(end("beingDeleted", "running").reason()).contains("its Job was deleted");
        assertThat(end("suspended").reason()).contains("never started");
    }

    @Test
    void namesWhatKeepsAPodFromStarting() {
        assertThat(obstacle("active", "unschedulable").reason()).contains("Insufficient cpu");
        assertThat(obstacle("active", "imageNotPulled").reason())
                .contains("registry.invalid/no-such-worker:1", "ImagePullBackOff");
        assertThat(obstacle("active", "imageNotPulled").remedy()).contains("image.pull-secrets");
    }

    @Test
    void aPodThatCanNeverStartHasEnded() {
        assertThat(end("active", "imageNeverPulled").reason()).contains("ErrImageNeverPull");
        assertThat(end("active", "cannotBeCreated").reason()).contains("breaks non-root policy");
        assertThat(end("failed", "cannotStart").reason()).contains("no such file or directory");
        assertThat(List.of(
                        end("active", "imageNeverPulled"),
                        end("active", "cannotBeCreated"),
                        end("failed", "cannotStart")))
                .allSatisfy(failure -> assertThat(failure.retryable()).isFalse());
    }

    @Test
    void namesWhyNoPodIsCreated() {
        event = Optional.of("pods \"x\" is forbidden: exceeded quota: team, requested: pods=1, used: pods=3");
        assertThat(obstacle("active").remedy()).contains("Raise the namespace's quota");
        event = Optional.of("pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": x");
        assertThat(obstacle("active").remedy()).contains("Pod Security level");
        event = Optional.of("pods \"x\" is forbidden: error looking up service account");
        assertThat(obstacle("active").reason()).contains("service account");
    }
}
