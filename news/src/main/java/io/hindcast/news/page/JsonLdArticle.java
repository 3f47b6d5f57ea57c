package io.hindcast.news.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.news.text.PlainText;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The article that a page states in JSON-LD with the vocabulary of schema.org; texts are empty where it states none.
 */
record JsonLdArticle(String headline, String description, String publisher, String published, String body) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TYPES =
            Set.of("NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle");

    static JsonLdArticle of(Document page) {
        for (Element script : page.select("script[type=application/ld+json]")) {
            JsonNode found = article(statement(script));
            if (found != null) {
                return of(found);
            }
        }
        return new JsonLdArticle("", "", "", "", "");
    }

    private static JsonNode statement(Element script) {
        try {
            return JSON.readTree(script.data());
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // the page may have others
        }
    }

    private static JsonLdArticle of(JsonNode article) {
        JsonNode publisher = article.path("publisher");
        return new JsonLdArticle(
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

    private static @Nullable JsonNode article(JsonNode node) {
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
        boolean isArticle = TYPES.contains(type.asText());
        for (JsonNode one : type) {
            isArticle |= TYPES.contains(one.asText());
        }
        return isArticle ? node : null;
    }
}
