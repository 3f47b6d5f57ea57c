package io.hindcast.news.rss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The entries of a JSON Feed (jsonfeed.org). */
record JsonFeed(String title, List<RawItem> items) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Empty if the text is none. */
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
        List<RawItem> items = new ArrayList<>();
        for (JsonNode item : feed.path("items")) {
            List<String> tags = new ArrayList<>();
            item.path("tags").forEach(tag -> tags.add(tag.asText("")));
            items.add(new RawItem(
                    text(item, "title"),
                    text(item, "url", "external_url"),
                    text(item, "summary"),
                    tags,
                    stated(item, "date_published", "date_modified").toList(),
                    stated(item, "content_html", "content_text").toList()));
        }
        return Optional.of(new JsonFeed(feed.path("title").asText(""), items));
    }

    private static String text(JsonNode item, String... names) {
        return stated(item, names).findFirst().orElse("");
    }

    private static Stream<String> stated(JsonNode item, String... names) {
        return Stream.of(names).map(name -> item.path(name).asText("")).filter(text -> !text.isBlank());
    }
}
