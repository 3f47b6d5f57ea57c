package io.hindcast.news.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folder of pages that could not be understood: the newest ones, each up to a maximum length. Thread-safe. */
public final class SavedPages {

    private static final Logger log = LoggerFactory.getLogger(SavedPages.class);

    private static final int FILES_KEPT = 40;
    private static final int MAX_LENGTH = 3_000_000;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    public SavedPages(Path folder) {
        this.folder = folder;
    }

    /** Saves a copy and returns its file; empty if it cannot be written. */
    public synchronized Optional<Path> save(UnrecognisedPageException page, String source, Instant seenAt) {
        try {
            Files.createDirectories(folder);
            String name = NAME.format(seenAt) + "-" + source.replaceAll("[^a-z0-9]+", "-") + ".html";
            String content = page.content();
            String cut = content.length() > MAX_LENGTH ? content.substring(0, MAX_LENGTH) : content;
            Path file = folder.resolve(name);
            String copy = "<!-- " + page.page().toString().replace("--", "- -") + " -->\n" + cut;
            // As bytes: writing text would refuse an unpaired surrogate, which garbage or the cut may contain.
            Files.write(file, copy.getBytes(StandardCharsets.UTF_8));
            deleteOldest();
            return Optional.of(file);
        } catch (IOException e) {
            log.warn("A page that could not be understood cannot be saved in {}: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    private void deleteOldest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
            for (Path old : sorted.subList(0, Math.max(0, sorted.size() - FILES_KEPT))) {
                Files.deleteIfExists(old);
            }
        }
    }
}
