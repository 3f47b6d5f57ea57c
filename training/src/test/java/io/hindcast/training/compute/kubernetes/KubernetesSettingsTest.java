package io.hindcast.training.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.training.compute.ComputeProperties;
import io.hindcast.training.compute.MachineNames;
import io.hindcast.training.compute.PlatformId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of Jobs as they are written, and those that are refused. */
class KubernetesSettingsTest {

    private static final String PREFIX = "hindcast.training.worker.kubernetes.";

    private static KubernetesSettings bound(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put(PREFIX + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("hindcast.training.worker", ComputeProperties.class)
                .kubernetes();
    }

    @Test
    void everySettingCanBeWritten() {
        KubernetesSettings settings = bound(Map.of(
                "kubeconfig", "/etc/kubeconfig",
                "namespace", "trainings",
                "image.name", "registry.example.com:5000/team/worker@sha256:0f",
                "image.pull-policy", "always",
                "image.pull-secrets", "one,two",
                "gpu.count", "1",
                "node.selector.pool", "gpu",
                "node.tolerations", "nvidia.com/gpu:NoSchedule,team=ml:NoExecute"));
        assertThat(settings.kubeconfig()).contains("/etc/kubeconfig");
        assertThat(settings.image().pullPolicy().value()).isEqualTo("Always");
        assertThat(settings.image().pullSecrets()).containsExactly("one", "two");
        assertThat(settings.node().selector()).containsEntry("pool", "gpu");
        assertThat(settings.node().tolerations()).hasSize(2);
        assertThat(Taint.parse("team=ml:NoExecute").getValue()).isEqualTo("ml");
        assertThat(bound(Map.of()).count()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, many",
        "cpu, -1",
        "cpu, 0",
        "count, 0",
        "namespace, Not_A_Name",
        "image.name, two words",
        "gpu.count, -1",
        "gpu.resource, gpu",
        "node.tolerations, nvidia.com/gpu"
    })
    void aBadSettingIsRefusedByItsName(String name, String value) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bound(Map.of(name, value)))
                .havingRootCause()
                .withMessageContaining(PREFIX + name)
                .withMessageContaining("expected");
    }

    @Test
    void whatJobsCannotBeMadeOfIsRefusedBeforeTheFirst() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> bound(Map.of()).checked(3_072, 1_024))
                .withMessageContaining(PREFIX + "image.name");
        KubernetesSettings lost = bound(Map.of("image.name", "worker:1", "kubeconfig", "/no/such/file"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> lost.checked(3_072, 1_024))
                .withMessageContaining("/no/such/file");
        KubernetesSettings usual = bound(Map.of("image.name", "worker:1"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> usual.checked(1_024, 1_024))
                .withMessageContaining("heap-megabytes");
        assertThat(usual.checked(3_072, 1_024)).isEqualTo(usual);
    }

    @Test
    void namesOfMachinesFitIntoALabelHoweverLongTheSymbol() {
        PlatformId platform = new PlatformId("0123456789");
        String first =
                MachineNames.of(new TrainingRunId(new Symbol("币".repeat(20)), 12, ModelFamily.LIGHTGBM, 2), platform);
        String second =
                MachineNames.of(new TrainingRunId(new Symbol("币".repeat(20)), 13, ModelFamily.LIGHTGBM, 2), platform);
        assertThat(first)
                .matches("hindcast-[a-z0-9-]+[a-z0-9]")
                .hasSizeLessThan(64)
                .isNotEqualTo(second);
    }
}
