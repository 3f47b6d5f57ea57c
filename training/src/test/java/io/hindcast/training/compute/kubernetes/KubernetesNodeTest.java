package io.hindcast.training.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.runtime.WallTimer;
import io.hindcast.training.compute.ComputeException;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.PlatformId;
import io.hindcast.training.compute.StartRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of the real worker image on a real node, and how each of their ends is explained. */
@NullUnmarked
class KubernetesNodeTest {

    private static final WallTimer TIMER = WallTimer.system();
    private static final TrainingRunId RUN = new TrainingRunId(new Symbol("BTCUSDT"), 3, ModelFamily.LIGHTGBM, 1);
    private static final PlatformId OURS = new PlatformId("0123456789");
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static Path kubeconfig;
    private static HttpServer platform;

    /** Status with which the platform answers workers: 503 keeps them trying, 401 ends them. */
    private static volatile int answer;

    private KubernetesProvider provider;

    @BeforeAll
    static void open() throws IOException {
        cluster = TestCluster.open(folder);
        kubeconfig = cluster.kubeconfig(TestCluster.ACCOUNT);
        platform = HttpServer.create(new InetSocketAddress(cluster.platform().getPort()), 0);
        platform.createContext("/", exchange -> {
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        platform.start();
    }

    @AfterAll
    static void closeCluster() {
        if (platform != null) {
            platform.stop(0);
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void release() {
        cluster.removeQuota();
        provider(OURS, kubeconfig, cluster.image(), "100m", 512).release(RUN);
        assertThat(provider.machines()).isEmpty();
        provider.close();
    }

    private KubernetesProvider provider(PlatformId id, Path account, String image, String cpu, long memoryMegabytes) {
        KubernetesSettings settings = new KubernetesSettings(
                Optional.of(account),
                Optional.empty(),
                new KubernetesSettings.Image(
                        Optional.of(image), KubernetesSettings.PullPolicy.IF_NOT_PRESENT, List.of()),
                3,
                cpu,
                new KubernetesSettings.Gpu(0, "nvidia.com/gpu"),
                new KubernetesSettings.Node(Map.of(), List.of()));
        if (provider != null) {
            provider.close();
        }
        provider = new KubernetesProvider(
                KubernetesClients.open(settings), id, settings, memoryMegabytes, memoryMegabytes / 2, TIMER);
        return provider;
    }

    private KubernetesProvider usual() {
        return provider(OURS, kubeconfig, cluster.image(), "100m", 512);
    }

    private static MachineRequest request(Duration lifetime) {
        return new MachineRequest(RUN, cluster.platform(), "no token of a run", lifetime);
    }

    private MachineState awaitState(Predicate<MachineState> wanted) {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> provider.look(RUN), wanted);
    }

    private TrainingFailure awaitEnd() {
        return ((MachineState.Ended) awaitState(MachineState.Ended.class::isInstance)).failure();
    }

    private TrainingFailure awaitObstacle() {
        return ((MachineState.Starting) awaitState(state -> state instanceof MachineState.Starting starting
                        && starting.obstacle().isPresent()))
                .obstacle()
                .orElseThrow();
    }

    private void startAndRun() {
        answer = 503;
        usual().start(request(LONG));
        awaitState(MachineState.Running.class::isInstance);
    }

    private Pod pod() {
        return cluster.admin()
                .pods()
                .inNamespace(cluster.namespace())
                .list()
                .getItems()
                .getFirst();
    }

    @Test
    void aSecondStartFindsTheJobAndOnlyItsPlatformSeesIt() {
        startAndRun();
        provider.start(request(LONG));
        usual().start(request(LONG));
        assertThat(provider.machines()).containsExactly(RUN);
        assertThat(cluster.admin()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .hasSize(1);

        provider(new PlatformId("9876543210"), kubeconfig, cluster.image(), "100m", 512);
        assertThat(provider.machines()).isEmpty();
        assertThat(provider.look(RUN)).isInstanceOf(MachineState.Gone.class);
        provider.release(RUN);
        assertThat(usual().look(RUN)).isInstanceOf(MachineState.Running.class);
    }

    @Test
    void thePodHoldsNoTokenInItsSpecificationAndNoAccount() {
        startAndRun();
        Pod pod = pod();
        assertThat(pod.toString()).doesNotContain("no token of a run");
        assertThat(pod.getSpec().getVolumes())
                .extracting(volume -> volume.getName())
                .containsExactly("tmp");
        assertThat(cluster.admin()
                        .secrets()
                        .inNamespace(cluster.namespace())
                        .withName(provider.machine(RUN))
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("Job"));
    }

    @Test
    void cancelledMeansGone() {
        startAndRun();
        provider.release(RUN);
        assertThat(provider.look(RUN)).isInstanceOf(MachineState.Gone.class);
        assertThat(cluster.admin()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.admin()
                        .secrets()
                        .inNamespace(cluster.namespace())
                        .withName(provider.machine(RUN))
                        .get())
                .isNull();
        provider.release(RUN);
    }

    @Test
    void aWorkerThatExitsWithoutAResultIsExplainedWithTheEndOfItsLog() {
        answer = 401;
        usual().start(request(LONG));
        TrainingFailure failure = awaitEnd();
        assertThat(failure.reason()).contains("ended without a result", "its log ends", "The run is lost");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aWorkerBeyondItsMemoryIsExplainedByItsLimit() {
        answer = 503;
        provider(OURS, kubeconfig, cluster.image(), "100m", 24).start(request(LONG));
        TrainingFailure failure = awaitEnd();
        assertThat(failure.reason()).contains("more than its limit of 24 MB");
        assertThat(failure.remedy()).contains("hindcast.training.worker.memory-megabytes");
    }

    @Test
    void aWorkerBeyondItsDeadlineIsEndedByTheCluster() {
        answer = 503;
        usual().start(request(Duration.ofSeconds(8)));
        TrainingFailure failure = awaitEnd();
        assertThat(failure.reason()).contains("not done within the 8 s");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.admin()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
    }

    @Test
    void anEvictedPodIsExplainedAsTheClustersDoing() {
        startAndRun();
        cluster.admin()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(pod().getMetadata().getName())
                .evict();
        TrainingFailure failure = awaitEnd();
        assertThat(failure.reason()).containsPattern("EvictionByEvictionAPI|was deleted");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aPodThatVanishedLikeThoseOfALostNodeIsMissed() {
        startAndRun();
        cluster.admin()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(pod().getMetadata().getName())
                .withGracePeriod(0)
                .delete();
        TrainingFailure failure = awaitEnd();
        assertThat(failure.reason()).contains("deleted");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void anImageThatCannotBePulledIsNamedWhileTheMachineWaits() {
        provider(OURS, kubeconfig, "registry.invalid/no-such-worker:1", "100m", 512)
                .start(request(LONG));
        TrainingFailure failure = awaitObstacle();
        assertThat(failure.reason()).contains("registry.invalid/no-such-worker:1");
        assertThat(failure.remedy()).contains("image.name");
    }

    @Test
    void aPodThatNoNodeTakesWaitsWithTheSchedulersReason() {
        provider(OURS, kubeconfig, cluster.image(), "1000", 512).start(request(LONG));
        TrainingFailure failure = awaitObstacle();
        assertThat(failure.reason()).contains("Insufficient cpu");
        assertThat(failure.remedy()).contains("hindcast.training.worker.kubernetes.cpu");
    }

    @Test
    void aQuotaOfJobsRefusesTheStart() {
        cluster.quota("count/jobs.batch", 0);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> usual().start(request(LONG)))
                .satisfies(e -> {
                    assertThat(e.failure().reason()).contains("exceeded quota");
                    assertThat(e.failure().remedy()).contains("quota");
                    assertThat(e.failure().retryable()).isTrue();
                });
    }

    @Test
    void aQuotaOfPodsKeepsTheMachineWaiting() {
        cluster.quota("pods", 0);
        usual().start(request(LONG));
        TrainingFailure failure = awaitObstacle();
        assertThat(failure.reason()).contains("exceeded quota");
        assertThat(failure.remedy()).contains("quota");
    }

    @Test
    void anAccountWithoutRightsIsRefusedAndNeverSeesNothing() {
        cluster.account("nobody");
        provider(OURS, cluster.kubeconfig("nobody"), cluster.image(), "100m", 512);
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> provider.machines())
                .withMessageContaining("forbidden")
                .withMessageContaining("k8s/worker-rbac.yaml");
        assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.look(RUN));
        assertThatExceptionOfType(ComputeException.class).isThrownBy(() -> provider.release(RUN));
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> provider.start(request(LONG)))
                .satisfies(e -> {
                    assertThat(e.failure().reason()).contains("cannot create resource \"jobs\"");
                    assertThat(e.failure().remedy()).contains("k8s/worker-rbac.yaml");
                    assertThat(e.failure().retryable()).isFalse();
                });
    }

    @Test
    void aJobWhoseTokenCouldNotBeStoredNeverRuns() {
        cluster.account("half");
        cluster.admin()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("half")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("batch")
                        .withResources("jobs")
                        .withVerbs("create", "get", "list", "patch", "delete")
                        .endRule()
                        .build())
                .inNamespace(cluster.namespace())
                .create();
        cluster.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("half")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "half")
                        .withSubjects(new Subject("", "ServiceAccount", "half", cluster.namespace()))
                        .build())
                .inNamespace(cluster.namespace())
                .create();
        provider(OURS, cluster.kubeconfig("half"), cluster.image(), "100m", 512);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> provider.start(request(LONG)))
                .withMessageContaining("cannot create resource \"secrets\"");

        assertThat(usual().machines()).containsExactly(RUN);
        assertThat(((MachineState.Ended) provider.look(RUN)).failure().reason()).contains("never started");
        assertThat(cluster.admin()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .isEmpty();
        // A later start completes what the earlier one left.
        answer = 503;
        provider.start(request(LONG));
        awaitState(MachineState.Running.class::isInstance);
    }
}
