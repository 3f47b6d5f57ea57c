package io.hindcast.news.rss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A JSON feed (jsonfeed.org). */
record JsonFeed(String title, List<RawFeedItem> items) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Parses a text; empty if it is no JSON feed. */
    static Optional<JsonFeed> of(String text) {
        JsonNode feed;
        try {
            feed = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!feed.path("version").asText("").startsWith("https://jsonfeed.org/version/")
                || !feed.path("items").isArray()) {
            return Optional.empty();
        }
        List<RawFeedItem> items = new ArrayList<>();
        for (JsonNode item : feed.path("items")) {
            List<String> tags = new ArrayList<>();
            item.path("tags").forEach(tag -> tags.add(tag.asText("")));
            items.add(new RawFeedItem(
                    text(item, "title"),
                    text(item, "url", "external_url"),
                    text(item, "summary"),
                    tags,
                    texts(item, "date_published", "date_modified").toList(),
                    texts(item, "content_html", "content_text").toList()));
        }
        return Optional.of(new JsonFeed(feed.path("title").asText(""), items));
    }

    private static String text(JsonNode item, String... names) {
        return texts(item, names).findFirst().orElse("");
    }

    private static Stream<String> texts(JsonNode item, String... names) {
        return Stream.of(names).map(name -> item.path(name).asText("")).filter(text -> !text.isBlank());
    }
}
