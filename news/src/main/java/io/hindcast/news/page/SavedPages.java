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

/** A folder of pages that were not understood: the newest ones, each cut to a bounded length. */
public final class SavedPages {

    private static final Logger log = LoggerFactory.getLogger(SavedPages.class);

    private static final int KEPT = 40;
    private static final int LONGEST = 3_000_000;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    public SavedPages(Path folder) {
        this.folder = folder;
    }

    /** Keeps a copy, and says where; empty if the disk did not take it. */
    public synchronized Optional<Path> save(UnrecognisedPageException page, String source, Instant seenAt) {
        try {
            Files.createDirectories(folder);
            String name = NAME.format(seenAt) + "-" + source.replaceAll("[^a-z0-9]+", "-") + ".html";
            String content = page.content();
            String cut = content.length() > LONGEST ? content.substring(0, LONGEST) : content;
            Path file = folder.resolve(name);
            String copy = "<!-- " + page.page().toString().replace("--", "- -") + " -->\n" + cut;
            // Not as text: half a character, as garbage has it and as the cut may leave it, would be refused.
            Files.write(file, copy.getBytes(StandardCharsets.UTF_8));
            dropOldest();
            return Optional.of(file);
        } catch (IOException e) {
            log.warn("A page that was not understood cannot be kept in {}: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    private void dropOldest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
            for (Path old : sorted.subList(0, Math.max(0, sorted.size() - KEPT))) {
                Files.deleteIfExists(old);
            }
        }
    }
}
