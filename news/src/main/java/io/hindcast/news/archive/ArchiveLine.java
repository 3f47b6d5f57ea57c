package io.hindcast.news.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.PublicationTimeParser;
import java.nio.file.Path;
import java.util.List;

/**
 * Parser of one line of an archive: a JSON object with {@code timestamp}, {@code title} and {@code url}, optionally
 * {@code summary} and {@code source}; other fields are ignored. The timestamp is read by {@link PublicationTimeParser}:
 * an article dated by day is published when that day is over. Texts are cleaned like those of pages.
 */
final class ArchiveLine {

    static final String FORM = "{\"timestamp\":…,\"title\":…,\"url\":…} with summary and source if there are any";
    private static final String TIME_FORM =
            "a moment with its zone like 2022-01-31T08:00:00Z, or a day like 2022-01-31";
    private static final JsonMapper JSON = new JsonMapper();

    private ArchiveLine() {}

    /** Parses a line; {@code line} is its number, for messages. */
    static TapeArticle parse(Path file, long line, String text, List<Symbol> symbols) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw BadNewsArchiveException.line(file, line, "no JSON (" + e.getOriginalMessage() + ")", FORM);
        }
        String title = PlainText.shortened(PlainText.line(json.path("title").asText("")), 500);
        if (title.isEmpty()) {
            throw BadNewsArchiveException.line(file, line, "without a title", FORM);
        }
        String timestamp = json.path("timestamp").asText("");
        PublishedTime published = PublicationTimeParser.parse(timestamp)
                .orElseThrow(() -> BadNewsArchiveException.line(
                        file, line, "timestamp '" + PlainText.shortened(timestamp, 100) + "'", TIME_FORM));
        ArticleUrl url = url(file, line, json.path("url").asText(""));
        String source = PlainText.shortened(PlainText.line(json.path("source").asText("")), 100);
        return new TapeArticle(
                published,
                url,
                source.isEmpty() ? url.host() : source,
                symbols,
                title,
                PlainText.shortened(PlainText.line(json.path("summary").asText("")), 5_000));
    }

    /** Repairs addresses that a scraper prefixed with its own site though they were absolute. */
    private static ArticleUrl url(Path file, long line, String text) {
        int absolute = Math.max(text.lastIndexOf("http://"), text.lastIndexOf("https://"));
        boolean prefixed = absolute > 0 && text.substring(0, absolute).matches("https?://[^/?#]+/?");
        try {
            return new ArticleUrl(prefixed ? text.substring(absolute) : text);
        } catch (RefusedException e) {
            throw BadNewsArchiveException.line(file, line, "url '" + text + "'", "an http or https address");
        }
    }
}
