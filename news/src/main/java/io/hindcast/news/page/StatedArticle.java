package io.hindcast.news.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.news.text.PlainText;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a page states of its article in JSON-LD, in the words of schema.org; empty texts where it states nothing. */
record StatedArticle(String headline, String description, String publisher, String published, String body) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TYPES =
            Set.of("NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle");

    static StatedArticle of(Document page) {
        for (Element script : page.select("script[type=application/ld+json]")) {
            JsonNode found = article(statement(script));
            if (found != null) {
                return of(found);
            }
        }
        return new StatedArticle("", "", "", "", "");
    }

    private static JsonNode statement(Element script) {
        try {
            return JSON.readTree(script.data());
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // this one is broken; the page's others may do
        }
    }

    private static StatedArticle of(JsonNode article) {
        JsonNode publisher = article.path("publisher");
        return new StatedArticle(
                PlainText.line(article.path("headline").asText("")),
                PlainText.line(article.path("description")
                        .asText(article.path("abstract").asText(""))),
                PlainText.line(
                        publisher.isTextual()
                                ? publisher.asText()
                                : publisher.path("name").asText("")),
                article.path("datePublished").asText(""),
                PlainText.paragraphs(article.path("articleBody").asText("")));
    }

    private static @org.jspecify.annotations.Nullable JsonNode article(JsonNode node) {
        if (node.isArray() || node.has("@graph")) {
            for (JsonNode part : node.isArray() ? node : node.path("@graph")) {
                JsonNode found = article(part);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        JsonNode type = node.path("@type");
        boolean wanted = TYPES.contains(type.asText());
        for (JsonNode one : type) {
            wanted |= TYPES.contains(one.asText());
        }
        return wanted ? node : null;
    }
}
