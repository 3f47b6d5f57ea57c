package io.hindcast.ml.hub;

import io.hindcast.ml.bert.BertConfig;
import io.hindcast.ml.bert.Checkpoint;
import io.hindcast.ml.bert.TextTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of a Hugging Face hub as folders on disk: downloaded once, each file verified against the hub's digest,
 * and used offline from then on. A branch or tag stays at the commit of its first download. Thread-safe; several
 * processes may share the cache.
 */
public final class ModelHub {

    private static final Logger log = LoggerFactory.getLogger(ModelHub.class);

    private final HubSettings settings;

    public ModelHub(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * A checkpoint on disk.
     *
     * @param folder with the files
     * @param commit commit of the files, 40 hexadecimal digits
     */
    public record Downloaded(Path folder, String commit) {}

    /**
     * Opens a checkpoint: {@code config.json}, weights, and the files of its tokenizer. Blocks while it downloads.
     *
     * @throws HubException if it is not in the cache and cannot be downloaded, naming host, file and remedy
     */
    public Downloaded open(HubRepository repository, DownloadProgress progress) {
        try {
            HubCache cache = new HubCache(settings.cache(), repository);
            Optional<Downloaded> cached = cached(cache, repository);
            if (cached.isPresent()) {
                return cached.get();
            }
            if (settings.offline()) {
                throw new HubException(repository + " is not whole in " + settings.cache() + ", and "
                        + HubSettings.OFFLINE
                        + " forbids to ask " + settings.endpoint().getHost() + " for it; copy the folder from a machine"
                        + " that has downloaded it, or use a folder with the checkpoint's files");
            }
            try (FileChannel lock = cache.lock(repository)) {
                log.debug("{} is locked: {}", repository, lock);
                Optional<Downloaded> meanwhile = cached(cache, repository);
                return meanwhile.isPresent() ? meanwhile.get() : download(cache, repository, progress);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("keeping " + repository + " in " + settings.cache(), e);
        }
    }

    private static Optional<Downloaded> cached(HubCache cache, HubRepository repository) throws IOException {
        Optional<String> commit = cache.commit(repository);
        return commit.isPresent() && cache.whole(commit.get())
                ? commit.map(one -> new Downloaded(cache.folder(one), one))
                : Optional.empty();
    }

    private Downloaded download(HubCache cache, HubRepository repository, DownloadProgress progress)
            throws IOException {
        log.info("Downloading {} from {} into {}", repository, settings.endpoint(), settings.cache());
        try (HubClient client = new HubClient(settings)) {
            RepositoryDownload download = new RepositoryDownload(client, settings, repository, progress);
            String commit = download.attempt(BertConfig.FILE, () -> resolve(client, repository));
            Path folder = Files.createDirectories(cache.folder(commit));
            Fetch fetch = new Fetch(client, download, repository, commit, folder, new TreeMap<>());
            fetch.required(BertConfig.FILE);
            weights(fetch, folder);
            if (!fetch.optional(TextTokens.DEFINITION)) {
                fetch.required(TextTokens.VOCABULARY);
            }
            fetch.optional(TextTokens.SETTINGS);
            cache.finish(new HubCache.Manifest(repository.id(), commit, fetch.files()));
            cache.remember(repository, commit);
            return new Downloaded(folder, commit);
        }
    }

    private String resolve(HubClient client, HubRepository repository) throws IOException {
        if (repository.pinned()) {
            return repository.revision();
        }
        return client.describe(repository, repository.revision(), BertConfig.FILE)
                .commit()
                .filter(HubRepository::isCommit)
                .orElseThrow(() -> new HubException(settings.endpoint().getHost() + " does not say which commit "
                        + repository + " is; name a commit"));
    }

    private static void weights(Fetch fetch, Path folder) throws IOException {
        for (String name : List.of(Checkpoint.SAFETENSORS, Checkpoint.PICKLED)) {
            if (fetch.optional(name)) {
                return;
            }
            if (fetch.optional(name + Checkpoint.INDEX)) {
                for (String shard : Checkpoint.shards(Files.readAllBytes(folder.resolve(name + Checkpoint.INDEX)))) {
                    fetch.required(shard);
                }
                return;
            }
        }
        throw new HubException(fetch.repository() + " has neither " + Checkpoint.SAFETENSORS + " nor "
                + Checkpoint.PICKLED + ", expected weights in one of them");
    }

    /** Required and optional files of one commit. */
    private record Fetch(
            HubClient client,
            RepositoryDownload download,
            HubRepository repository,
            String commit,
            Path folder,
            SortedMap<String, HubCache.Entry> files) {

        void required(String file) throws IOException {
            get(file, download.attempt(file, () -> client.describe(repository, commit, file)));
        }

        /** Downloads a file if there is one; returns whether there is. */
        boolean optional(String file) throws IOException {
            Optional<HubClient.Description> description = download.attempt(file, () -> {
                try {
                    return Optional.of(client.describe(repository, commit, file));
                } catch (HubClient.StatusException e) {
                    if (e.status() == 404) {
                        return Optional.empty();
                    }
                    throw e;
                }
            });
            if (description.isPresent()) {
                get(file, description.get());
            }
            return description.isPresent();
        }

        private void get(String file, HubClient.Description description) throws IOException {
            if (!description.commit().orElse(commit).equals(commit)) {
                throw new HubException(file + " of " + repository + " is said to be of commit "
                        + description.commit().get() + ", expected " + commit);
            }
            Path target = folder.resolve(file);
            if (!Files.exists(target) || !description.digest().of(target).equals(description.digest())) {
                download.file(commit, file, description, target);
            }
            files.put(
                    file,
                    new HubCache.Entry(description.size(), description.digest().hex()));
        }
    }
}
