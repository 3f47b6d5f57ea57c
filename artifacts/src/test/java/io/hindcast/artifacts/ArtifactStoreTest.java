package io.hindcast.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.artifacts.ArtifactStore.MissingBucket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class ArtifactStoreTest {

    private static final ArtifactRef ABSENT = new ArtifactRef("ab".repeat(32), 3);

    @TempDir
    Path folder;

    private EmbeddedS3 server;
    private S3Client s3;
    private ArtifactStore store;

    @BeforeEach
    void start() {
        server = EmbeddedS3.start(folder);
        s3 = open(server.connection());
        store = new ArtifactStore(s3, "hindcast", MissingBucket.CREATE);
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    private static S3Client open(S3Connection connection) {
        return connection.open(
                Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private Path onDisk(ArtifactRef ref) {
        return folder.resolve("objects").resolve("hindcast").resolve(ArtifactStore.key(ref));
    }

    @Test
    void returnsStoredBytes() {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);

        ArtifactRef ref = store.put(content);

        assertThat(ref.bytes()).isEqualTo(content.length);
        assertThat(store.get(ref)).isEqualTo(content);
        assertThat(store.exists(ref)).isTrue();
        assertThat(ArtifactStore.key(ref)).isEqualTo("artifacts/" + ref.sha256().substring(0, 2) + "/" + ref.sha256());
    }

    @Test
    void storesALargeFileInAFreshStoreAndAgain() throws IOException {
        byte[] content = new byte[20 << 20];
        new Random(2).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);

        ArtifactRef ref = store.put(file);
        assertThat(store.put(file)).isEqualTo(ref);
        Files.write(onDisk(ref), new byte[] {1, 2, 3});
        assertThat(store.put(file)).isEqualTo(ref);

        try (OutputStream out = Files.newOutputStream(folder.resolve("copy"))) {
            store.copy(ref, out);
        }
        assertThat(folder.resolve("copy")).hasBinaryContent(content);
    }

    @Test
    void namesContentByItsSha256() {
        assertThat(store.put("abc".getBytes(UTF_8)))
                .isEqualTo(new ArtifactRef("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
    }

    @Test
    void storesEmptyContent() {
        ArtifactRef ref = store.put(new byte[0]);
        assertThat(store.get(ref)).isEmpty();
    }

    @Test
    void storesFilesLikeBytes() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "some bytes");

        ArtifactRef ref = store.put(file);

        assertThat(store.get(ref)).isEqualTo("some bytes".getBytes(UTF_8));
        assertThat(store.put("some bytes".getBytes(UTF_8))).isEqualTo(ref);
    }

    @Test
    void storesEqualContentOnceUnderConcurrentPuts() throws Exception {
        byte[] content = "the same".getBytes(UTF_8);
        CountDownLatch ready = new CountDownLatch(8);
        List<Future<ArtifactRef>> puts = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                puts.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return store.put(content);
                }));
            }
            for (Future<ArtifactRef> put : puts) {
                assertThat(store.get(put.get())).isEqualTo(content);
            }
        }
        try (var files = Files.walk(folder.resolve("objects"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void detectsBytesChangedOnDisk() throws IOException {
        ArtifactRef ref = store.put("a model".getBytes(UTF_8));
        Files.writeString(onDisk(ref), "a mXdel");

        assertThatThrownBy(() -> store.get(ref))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageContaining(ArtifactStore.key(ref))
                .hasMessageContaining("expected sha-256 " + ref.sha256())
                .hasMessageContaining("found")
                .hasMessageContaining("of 7 bytes")
                .hasMessageContaining("Restore it from a backup");
    }

    @Test
    void detectsTruncatedAndExtendedContent() throws IOException {
        ArtifactRef ref = store.put("a model".getBytes(UTF_8));

        Files.writeString(onDisk(ref), "a mo");
        assertThatThrownBy(() -> store.get(ref))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageContaining("of 4 bytes");

        Files.writeString(onDisk(ref), "a model and more");
        assertThatThrownBy(() -> store.get(ref))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageContaining("more than 7 bytes");
    }

    @Test
    void replacesDamagedContentWhenItIsPutAgain() throws IOException {
        ArtifactRef ref = store.put("a model".getBytes(UTF_8));
        Files.writeString(onDisk(ref), "a mXdel");

        store.put("a model".getBytes(UTF_8));

        assertThat(store.get(ref)).isEqualTo("a model".getBytes(UTF_8));
    }

    @Test
    void reportsMissingArtifact() {
        store.check();
        assertThat(store.exists(ABSENT)).isFalse();
        assertThatThrownBy(() -> store.get(ABSENT))
                .isInstanceOf(MissingArtifactException.class)
                .hasMessageContaining(ArtifactStore.key(ABSENT))
                .hasMessageContaining("bucket hindcast at http://127.0.0.1:" + server.port());
    }

    @Test
    void deleteIsIdempotent() {
        ArtifactRef ref = store.put("purged".getBytes(UTF_8));
        store.delete(ref);
        store.delete(ref);
        assertThat(store.exists(ref)).isFalse();
    }

    @Test
    void createsBucketOnlyIfAllowed() {
        ArtifactStore strict = new ArtifactStore(s3, "others", MissingBucket.REFUSE);
        assertThatThrownBy(() -> strict.put("x".getBytes(UTF_8)))
                .isInstanceOf(ArtifactStoreException.class)
                .hasMessageContaining("bucket others at http://127.0.0.1:" + server.port())
                .hasMessageContaining("there is no such bucket");
        assertThatThrownBy(strict::check).hasMessageContaining("there is no such bucket");
        assertThat(folder.resolve("objects/others")).doesNotExist();
    }

    @Test
    void keepsContentOverARestart() {
        ArtifactRef ref = store.put("kept".getBytes(UTF_8));
        S3Connection before = server.connection();
        stop();
        start();
        assertThat(server.connection().secretKey()).isEqualTo(before.secretKey());
        assertThat(store.get(ref)).isEqualTo("kept".getBytes(UTF_8));
    }

    @Test
    void refusesWrongSecret() {
        S3Connection right = server.connection();
        S3Connection wrong = new S3Connection(right.endpoint(), right.region(), right.accessKey(), "0".repeat(64));
        try (S3Client client = open(wrong)) {
            ArtifactStore intruder = new ArtifactStore(client, "hindcast", MissingBucket.CREATE);
            assertThatThrownBy(() -> intruder.put("x".getBytes(UTF_8)))
                    .isInstanceOf(ArtifactStoreException.class)
                    .hasMessageContaining("HTTP 403")
                    .hasMessageContaining("Check the access key")
                    .hasMessageNotContaining("0".repeat(64));
        }
    }

    @Test
    void reportsUnavailableStoreAndContinuesWhenItReturns() {
        ArtifactRef ref = store.put("before".getBytes(UTF_8));
        int port = server.port();
        server.close();

        assertThatThrownBy(() -> store.put("during".getBytes(UTF_8)))
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .hasMessageContaining("http://127.0.0.1:" + port)
                .hasMessageContaining("Check that it runs");

        server = EmbeddedS3.start(folder, port);
        assertThat(store.get(ref)).isEqualTo("before".getBytes(UTF_8));
        store.put("after".getBytes(UTF_8));
    }

    @Test
    void keepsItsKeysUnreadableForOtherUsers() throws IOException {
        Path file = folder.resolve("credentials.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(server.connection().toString())
                .doesNotContain(String.valueOf(server.connection().secretKey()));
    }

    @Test
    void reportsUnusableFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        assertThatThrownBy(() -> EmbeddedS3.start(file.resolve("data")))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose another data folder");
    }

    @Test
    void reportsPortInUse() {
        assertThatThrownBy(() -> EmbeddedS3.start(folder.resolve("second"), server.port()))
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("Choose another port");
    }
}
