package io.hindcast.ml;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.HindcastJson;
import io.hindcast.ml.trl.NewsArticle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real news in a folder beside the project. Tests that need them are skipped, with a message, where the folder is
 * missing.
 */
public final class RealNews {

    private static final String FILE =
            "shared/data/news-cointelegraph-cryptonews-cryptopotato-2021-10-2022-07.jsonl.gz";

    private RealNews() {}

    /** Returns all articles, in order of publication. */
    public static List<NewsArticle> articles() {
        Path file = find().orElseGet(() -> Assumptions.abort("no " + FILE + " beside the project: not tested on it"));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().map(RealNews::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                return Optional.of(folder.resolve(FILE));
            }
        }
        return Optional.empty();
    }

    private static NewsArticle parse(String line) {
        try {
            JsonNode json = HindcastJson.mapper().readTree(line);
            return new NewsArticle(
                    json.get("url").asText(),
                    json.get("title").asText(),
                    json.get("summary").asText(),
                    Instant.parse(json.get("timestamp").asText()).toEpochMilli());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
