package io.hindcast.training.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.runtime.WallTimer;
import io.hindcast.training.compute.ComputeException;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.PlatformId;
import io.hindcast.training.compute.StartRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of the provider to an API server, and what it makes of the answers. */
@NullUnmarked
class KubernetesProviderTest {

    private static final PlatformId OURS = new PlatformId("0123456789");
    private static final TrainingRunId RUN = new TrainingRunId(new Symbol("BTCUSDT"), 3, ModelFamily.TST, 1);
    private static final String NAME = "hindcast-btcusdt-3-tst-1-0123456789";
    private static final MachineRequest REQUEST =
            new MachineRequest(RUN, URI.create("http://hindcast:8080"), "secret", Duration.ofMinutes(45));

    @TempDir
    Path folder;

    private final ApiServerDouble server = new ApiServerDouble();
    private KubernetesProvider provider;

    @BeforeEach
    void open() throws IOException {
        provider = provider(OURS);
    }

    private KubernetesProvider provider(PlatformId id) throws IOException {
        KubernetesSettings settings = new KubernetesSettings(
                Optional.of(server.kubeconfig(folder).toString()),
                Optional.empty(),
                new KubernetesSettings.Image(
                        Optional.of("registry.example.com/worker:1"),
                        KubernetesSettings.PullPolicy.IF_NOT_PRESENT,
                        List.of("pull")),
                3,
                "2",
                new KubernetesSettings.Gpu(1, "nvidia.com/gpu"),
                new KubernetesSettings.Node(Map.of("pool", "gpu"), List.of("nvidia.com/gpu:NoSchedule")));
        return new KubernetesProvider(KubernetesClients.open(settings), id, settings, 3_072, 1_024, WallTimer.system());
    }

    @AfterEach
    void close() {
        provider.close();
        server.close();
    }

    @Test
    void aJobIsLimitedRestrictedAndResumedOnceItsSecretIsThere() {
        provider.start(REQUEST);

        assertThat(server.requests()).containsSubsequence("POST jobs", "POST secrets", "PATCH jobs");
        JsonNode job = server.get("jobs/" + NAME);
        assertThat(job.at("/spec/suspend").asBoolean()).isFalse();
        assertThat(job.at("/spec/backoffLimit").asInt(-1)).isZero();
        assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(2_700);
        assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(3_600);
        JsonNode pod = job.at("/spec/template/spec");
        assertThat(pod.at("/restartPolicy").asText()).isEqualTo("Never");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/nodeSelector/pool").asText()).isEqualTo("gpu");
        assertThat(pod.at("/tolerations/0/operator").asText()).isEqualTo("Exists");
        assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("pull");
        JsonNode container = pod.at("/containers/0");
        JsonNode limits = container.at("/resources/limits");
        assertThat(limits).isEqualTo(container.at("/resources/requests")).hasSize(3);
        assertThat(limits.at("/cpu").asText()).isEqualTo("2");
        assertThat(limits.at("/memory").asText()).isEqualTo("3072Mi");
        assertThat(limits.get("nvidia.com/gpu").asText()).isEqualTo("1");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/args").toString()).contains("http://hindcast:8080", NAME);
        assertThat(job.toString()).doesNotContain("secret\"").contains("secretKeyRef");
        JsonNode secret = server.get("secrets/" + NAME);
        assertThat(secret.at("/stringData/token").asText()).isEqualTo("secret");
        assertThat(secret.at("/metadata/ownerReferences/0/uid").asText())
                .isEqualTo(job.at("/metadata/uid").asText());
    }

    @Test
    void aJobThatIsThereIsFoundAndNotMadeAgain() throws IOException {
        provider.start(REQUEST);
        try (KubernetesProvider restarted = provider(OURS)) {
            restarted.start(REQUEST);
            assertThat(restarted.machines()).containsExactly(RUN);
            assertThat(restarted.look(RUN)).isInstanceOf(MachineState.Starting.class);
        }
        assertThat(server.requests()).containsOnlyOnce("POST secrets").containsOnlyOnce("PATCH jobs");
    }

    @Test
    void aStartThatWasCutOffIsCompleted() {
        server.refuse("PATCH jobs", 500, "storage is away");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> provider.start(REQUEST))
                .withMessageContaining("storage is away");
        assertThat(provider.look(RUN)).isInstanceOf(MachineState.Ended.class);

        server.accept();
        provider.start(new MachineRequest(RUN, REQUEST.platform(), "another", REQUEST.lifetime()));
        assertThat(server.get("secrets/" + NAME).at("/stringData/token").asText())
                .isEqualTo("another");
        assertThat(server.get("jobs/" + NAME).at("/spec/suspend").asBoolean()).isFalse();
    }

    @Test
    void seesAndReleasesNothingOfOthers() throws IOException {
        try (KubernetesProvider other = provider(new PlatformId("9876543210"))) {
            other.start(REQUEST);
            assertThat(provider.machines()).isEmpty();
            assertThat(provider.look(RUN)).isInstanceOf(MachineState.Gone.class);
            provider.release(RUN);
            assertThat(other.machines()).containsExactly(RUN);
            other.release(RUN);
            assertThat(other.machines()).isEmpty();
        }
    }

    @Test
    void aJobOfThatNameWhichIsNotOursIsLeftAlone() {
        ObjectNode foreign = new JsonMapper().createObjectNode();
        foreign.putObject("metadata").put("name", NAME);
        foreign.putObject("spec");
        server.put("jobs/" + NAME, foreign);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> provider.start(REQUEST))
                .withMessageContaining("not this platform's");
        provider.release(RUN);
        assertThat(server.get("jobs/" + NAME)).isNotNull();
    }

    @Test
    void refusalsAreToldApart() {
        server.refuse("POST jobs", 403, "jobs.batch is forbidden: exceeded quota: team");
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> provider.start(REQUEST))
                .satisfies(e -> assertThat(e.failure().retryable()).isTrue())
                .withMessageContaining("Raise the namespace's quota");
        server.refuse("POST jobs", 403, "User \"x\" cannot create resource \"jobs\"");
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> provider.start(REQUEST))
                .satisfies(e -> assertThat(e.failure().retryable()).isFalse())
                .withMessageContaining("k8s/worker-rbac.yaml");
        server.refuse("POST jobs", 404, "namespaces \"trainings\" not found");
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> provider.start(REQUEST))
                .withMessageContaining("Create the namespace");
        server.refuse("POST jobs", 401, "Unauthorized");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> provider.start(REQUEST))
                .withMessageContaining("Renew the account's credentials");
        assertThat(provider.machines()).isEmpty();
    }

    @Test
    void anOddAnswerIsNotNothing() {
        for (int code : new int[] {403, 404, 500}) {
            server.refuse("GET jobs", code, "no list");
            assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.machines());
            assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.look(RUN));
            assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.release(RUN));
        }
        server.refuse("GET jobs", 200, "welcome to the proxy");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> provider.machines())
                .withMessageContaining("no list of a Kubernetes API server");
    }

    @Test
    void anUnreachableServerIsNotNothing() {
        server.close();
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> provider.machines())
                .withMessageContaining("See that the API server can be reached");
        assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.look(RUN));
        assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.release(RUN));
        assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.start(REQUEST));
    }

    @Test
    void aLabelledJobWithoutItsRunIsNamed() {
        provider.start(REQUEST);
        ((ObjectNode) server.get("jobs/" + NAME).at("/metadata/annotations")).put(WorkerJob.RUN, "nonsense");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> provider.machines())
                .withMessageContaining(NAME)
                .withMessageContaining("nonsense");
    }
}
