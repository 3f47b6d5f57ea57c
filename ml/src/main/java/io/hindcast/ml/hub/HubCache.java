package io.hindcast.ml.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads on disk: a folder per commit, valid once it has its manifest, and a file per branch or tag that names its
 * commit.
 */
final class HubCache {

    private static final Logger log = LoggerFactory.getLogger(HubCache.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MANIFEST = "hindcast-download.json";

    private final Path root;

    HubCache(Path cache, HubRepository repository) {
        this.root = cache.resolve(repository.id().replace("/", "--"));
    }

    /** The downloaded files of a commit. */
    record Manifest(String repository, String commit, SortedMap<String, Entry> files) {}

    record Entry(long bytes, String digest) {}

    Path folder(String commit) {
        return root.resolve(commit);
    }

    /** Returns the commit of a revision, if it was downloaded before. */
    Optional<String> commit(HubRepository repository) throws IOException {
        if (repository.pinned()) {
            return Optional.of(repository.revision());
        }
        Path file = reference(repository);
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(HubRepository::isCommit)
                : Optional.empty();
    }

    void remember(HubRepository repository, String commit) throws IOException {
        if (!repository.pinned()) {
            write(reference(repository), (commit + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Path reference(HubRepository repository) {
        return root.resolve("refs").resolve(repository.revision().replace("/", "%2F"));
    }

    /** Returns whether all files of a commit are present and unchanged; takes a second or two for a large model. */
    boolean whole(String commit) throws IOException {
        Path folder = folder(commit);
        if (!Files.exists(folder.resolve(MANIFEST))) {
            return false;
        }
        Manifest manifest = JSON.readValue(folder.resolve(MANIFEST).toFile(), Manifest.class);
        for (var file : manifest.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            FileDigest expected = new FileDigest(file.getValue().digest());
            if (!Files.exists(path) || !expected.of(path).equals(expected)) {
                log.warn("{} is not what was downloaded, {}: it has to be downloaded again", path, expected);
                return false;
            }
        }
        return true;
    }

    void finish(Manifest manifest) throws IOException {
        write(
                folder(manifest.commit()).resolve(MANIFEST),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    }

    private static void write(Path target, byte[] bytes) throws IOException {
        Files.createDirectories(target.getParent());
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Locks the repository against other downloads, until the caller closes the channel. */
    FileChannel lock(HubRepository repository) throws IOException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(repository, e);
        }
        channel.close();
        throw busy(repository, null);
    }

    private HubException busy(HubRepository repository, @Nullable Exception cause) {
        String message = repository + " is being downloaded into " + root + " already; wait until that is done";
        return cause == null ? new HubException(message) : new HubException(message, cause);
    }
}
