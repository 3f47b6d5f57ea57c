package io.hindcast.ml.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.bert.Checkpoint;
import io.hindcast.ml.bert.Fixtures;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelHubTest {

    private static final HubRepository PINNED = new HubRepository("ProsusAI/finbert", FakeHub.COMMIT);
    private static final HubRepository BRANCH = new HubRepository("ProsusAI/finbert", "main");
    private static final String LARGE = "pytorch_model.bin";

    @TempDir
    Path cache;

    private FakeHub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub().with(Fixtures.FOLDER, "config.json", LARGE, "vocab.txt", "tokenizer_config.json");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private ModelHub client(Optional<String> token, boolean offline) {
        return new ModelHub(
                new HubSettings(hub.endpoint(), cache, token, offline, Duration.ofSeconds(10), Duration.ZERO));
    }

    private ModelHub.Downloaded open(HubRepository repository) {
        return client(Optional.empty(), false).open(repository, DownloadProgress.NONE);
    }

    @Test
    void downloadsACheckpointOnceAndThenWorksOffline() throws IOException {
        List<String> reported = new ArrayList<>();
        ModelHub.Downloaded first = client(Optional.empty(), false)
                .open(PINNED, (file, bytes, of) -> reported.add(file + " " + bytes + "/" + of));
        long size = Files.size(Fixtures.FOLDER.resolve(LARGE));
        assertThat(reported).contains(LARGE + " 0/" + size, LARGE + " " + size + "/" + size);
        assertThat(first.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(first.folder().resolve(LARGE)).hasSameBinaryContentAs(Fixtures.FOLDER.resolve(LARGE));

        hub.close();
        assertThat(open(PINNED)).isEqualTo(first);
        assertThat(client(Optional.empty(), true).open(PINNED, DownloadProgress.NONE))
                .isEqualTo(first);
        try (NDManager manager = Torch.manager("cpu")) {
            Checkpoint read = Checkpoint.read(first.folder(), new Weights(manager), new SplittableRandom(1));
            assertThat(read.config().labels()).containsExactly("positive", "negative", "neutral");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void resumesAnInterruptedDownload(int drops) {
        hub.drop(drops);
        ModelHub.Downloaded downloaded = open(PINNED);
        assertThat(downloaded.folder().resolve(LARGE)).hasSameBinaryContentAs(Fixtures.FOLDER.resolve(LARGE));
        assertThat(hub.requests().stream().filter(request -> request.contains("/cdn/") && request.contains("bytes=")))
                .hasSize(drops);
    }

    @Test
    void treatsASilentConnectionAsLost() {
        hub.fallSilent();
        HubSettings impatient =
                new HubSettings(hub.endpoint(), cache, Optional.empty(), false, Duration.ofMillis(500), Duration.ZERO);
        assertThat(new ModelHub(impatient)
                        .open(PINNED, DownloadProgress.NONE)
                        .folder()
                        .resolve(LARGE))
                .hasSameBinaryContentAs(Fixtures.FOLDER.resolve(LARGE));
    }

    @Test
    void locksARepositoryAgainstConcurrentDownloads() {
        assertThatThrownBy(() -> client(Optional.empty(), false).open(PINNED, (_, _, _) -> open(PINNED)))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("is being downloaded");
    }

    @Test
    void downloadsTheWholeFileFromAHostWithoutRanges() {
        hub.drop(1);
        hub.ignoreRanges();
        assertThat(open(PINNED).folder().resolve(LARGE)).hasSameBinaryContentAs(Fixtures.FOLDER.resolve(LARGE));
    }

    @Test
    void resumesACancelledDownloadInTheNextRun() throws IOException {
        hub.drop(Integer.MAX_VALUE);
        assertThatThrownBy(() -> open(PINNED)).hasMessageContaining(LARGE).hasMessageContaining("goes on from there");
        hub.drop(0);
        int before = hub.requests().size();
        assertThatThrownBy(() -> client(Optional.empty(), false).open(PINNED, (file, _, _) -> {
                    if (file.equals(LARGE)) {
                        throw new CancellationException("enough");
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(open(PINNED).folder().resolve(LARGE)).hasSameBinaryContentAs(Fixtures.FOLDER.resolve(LARGE));
        List<String> later = hub.requests().subList(before, hub.requests().size());
        assertThat(later).anyMatch(request -> request.contains("/cdn/" + LARGE + " bytes="));
        assertThat(later).noneMatch(request -> request.endsWith("GET /cdn/" + LARGE));
    }

    @Test
    void deletesAFileWithAnotherDigest() throws IOException {
        hub.lie(true);
        assertThatThrownBy(() -> open(PINNED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(LARGE)
                .hasMessageContaining("sha-256")
                .hasMessageContaining("expected");
        try (var files = Files.walk(cache)) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(LARGE));
        }
        hub.lie(false);
        assertThat(open(PINNED).folder().resolve(LARGE)).exists();
    }

    @Test
    void downloadsAFileDamagedOnDiskAgain() throws IOException {
        Path file = open(PINNED).folder().resolve(LARGE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> client(Optional.empty(), true).open(PINNED, DownloadProgress.NONE))
                .hasMessageContaining("not whole");
        assertThat(open(PINNED).folder().resolve(LARGE)).hasSameBinaryContentAs(Fixtures.FOLDER.resolve(LARGE));
    }

    @Test
    void aBranchStaysAtItsFirstCommit() {
        assertThat(open(BRANCH).commit()).isEqualTo(FakeHub.COMMIT);
        hub.close();
        assertThat(open(BRANCH).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(open(PINNED).folder()).isEqualTo(open(BRANCH).folder());
    }

    @Test
    void rejectsFilesOfAnotherCommit() {
        String other = "f".repeat(40);
        hub.serve(other);
        assertThatThrownBy(() -> open(PINNED)).hasMessageContaining(other).hasMessageContaining(FakeHub.COMMIT);
    }

    @Test
    void downloadsAllFilesOfSplitWeights() throws IOException {
        try (FakeHub sharded = new FakeHub()
                .with(Fixtures.FOLDER, "config.json", "tokenizer.json")
                .with(
                        Fixtures.FOLDER.resolve("sharded"),
                        "model.safetensors.index.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors")) {
            HubSettings settings = new HubSettings(
                    sharded.endpoint(), cache, Optional.empty(), false, Duration.ofSeconds(10), Duration.ZERO);
            assertThat(new ModelHub(settings)
                            .open(PINNED, DownloadProgress.NONE)
                            .folder())
                    .isDirectoryContaining("glob:**00001-of-00002.safetensors")
                    .isDirectoryContaining("glob:**00002-of-00002.safetensors");
        }
    }

    @Test
    void sendsTheTokenToTheHubOnly() {
        client(Optional.of("secret"), false).open(PINNED, DownloadProgress.NONE);
        assertThat(hub.requests().stream().filter(request -> request.contains("/resolve/")))
                .allMatch(request -> request.endsWith("with token"));
        assertThat(hub.requests().stream().filter(request -> request.contains("/cdn/")))
                .isNotEmpty()
                .noneMatch(request -> request.endsWith("with token"));
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "http://mirror.example", "HF_TOKEN", "s"), cache))
                .hasMessageContaining("expected https");
    }

    @Test
    void retriesAfterTheRequestedWait() {
        hub.refuse(3, 429);
        assertThat(open(PINNED).folder().resolve(LARGE)).exists();
    }

    @ParameterizedTest
    @CsvSource({"429, asked too often", "401, HF_TOKEN", "404, no such repository", "503, try again later"})
    void reportsPermanentFailuresWithTheirRemedy(int status, String expected) {
        hub.refuse(Integer.MAX_VALUE, status);
        assertThatThrownBy(() -> open(PINNED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("config.json of ProsusAI/finbert")
                .hasMessageContaining(Integer.toString(status))
                .hasMessageContaining(expected);
    }

    @Test
    void namesAnUnreachableHubAndTheRemedy() {
        URI gone = hub.endpoint();
        hub.close();
        assertThatThrownBy(() -> open(PINNED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(gone.getHost())
                .hasMessageContaining("HF_ENDPOINT")
                .hasMessageContaining(cache.toString());
        assertThatThrownBy(() -> client(Optional.empty(), true).open(PINNED, DownloadProgress.NONE))
                .hasMessageContaining("HF_HUB_OFFLINE");
    }

    @Test
    void rejectsARepositoryWithoutWeights() throws IOException {
        try (FakeHub bare = new FakeHub().with(Fixtures.FOLDER, "config.json")) {
            HubSettings settings = new HubSettings(
                    bare.endpoint(), cache, Optional.empty(), false, Duration.ofSeconds(10), Duration.ZERO);
            assertThatThrownBy(() -> new ModelHub(settings).open(PINNED, DownloadProgress.NONE))
                    .hasMessageContaining("neither model.safetensors nor pytorch_model.bin");
        }
    }

    @ParameterizedTest
    @CsvSource({"finbert, main", "../finbert, main", "ProsusAI/finbert, ../main", "ProsusAI/finbert, ''"})
    void rejectsInvalidNames(String id, String revision) {
        assertThatThrownBy(() -> new HubRepository(id, revision)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDefaultIsFinbertAtAPinnedCommit() {
        assertThat(HubRepository.FINBERT.pinned()).isTrue();
        HubSettings settings = HubSettings.of(Map.of("HF_ENDPOINT", "https://mirror.example/"), cache);
        assertThat(new HubClient(settings).address(HubRepository.FINBERT, "refs/pr/3", "config.json"))
                .hasToString("https://mirror.example/ProsusAI/finbert/resolve/refs%2Fpr%2F3/config.json");
    }
}
