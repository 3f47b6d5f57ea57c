package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Articles about a {@link MockMarket}, one every 47 minutes of its last five days, with scores of three versions and
 * market reactions. Some have an estimated time, were seen late, were corrected, or repeat the one before.
 */
public final class MockNews {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 150;
    private static final int APART = 47;
    static final int WINDOW = 720;

    private static final String[] SOURCES = {"CoinDesk", "Cointelegraph", "Decrypt", "Yahoo Finance"};
    private static final String[] WHO = {
        "Bitcoin miners",
        "A large exchange",
        "The central bank",
        "An asset manager",
        "Analysts",
        "Regulators",
        "Developers"
    };
    private static final String[] WHAT = {
        "expect the hash rate to recover after a week of storms",
        "pauses withdrawals while its auditors count the reserves",
        "says that it sees no need for a digital currency of its own",
        "files for a fund that holds the coin itself, the third this quarter",
        "disagree whether the halving is priced in",
        "ask for comments on stricter rules for lenders",
        "merge a change that halves the cost of opening a channel"
    };

    private final MockMarket market;
    private final List<ObjectNode> articles = new ArrayList<>();
    private final int readers = 3;

    MockNews(MockMarket market) {
        this.market = market;
        int end = market.size();
        for (int i = 0; i < Math.min(COUNT, end / APART); i++) {
            int published = end - 20 - i * APART;
            boolean late = i % 9 == 4;
            ObjectNode article = article(i, published, published + (late ? 95 : 1));
            article.put("publishedEstimated", i % 6 == 2).put("revision", i % 11 == 3 ? 1 + i % 2 : 0);
            if (i % 8 == 5) {
                article.put("duplicateOf", id(i + 1));
            }
            for (int version = 1; version <= readers; version++) {
                article.withArray("scores")
                        .add(score(version, signalOf(version, i), 0.45 + (i * 13 + version) % 40 / 100.0));
            }
            if (published + WINDOW < end) {
                article.withArray("reactions").add(reaction(percentAfter(published)));
            }
            articles.add(article);
        }
    }

    public static String id(int index) {
        return String.format("article:%032x", 1_000 - index);
    }

    public static String version(int number) {
        return "trl:" + MockApi.SYMBOL + ":" + number;
    }

    /** Returns the current state of an article; 0 is the newest initial one. */
    public synchronized ObjectNode get(int index) {
        return find(id(index)).orElseThrow();
    }

    /** Adds an article that is published and first seen now. */
    public synchronized ObjectNode discover(String title) {
        ObjectNode article = article(-1 - articles.size(), market.size(), market.size());
        article.put("title", title);
        articles.add(article);
        return article;
    }

    /** Returns a change as the subscription sends it. */
    public static ObjectNode change(String article, String kind) {
        ObjectNode change = JSON.createObjectNode();
        change.put("articleId", article).put("kind", kind);
        change.putNull("article").putNull("title").putNull("reaction").putArray("scores");
        return change;
    }

    /** Returns the index of a version's signal; moods swing over a day or two, differently for each version. */
    private static int signalOf(int version, int index) {
        double mood = Math.sin(index / 12.0) + 0.9 * Math.sin(index * (2.3 + version));
        return mood > 0.4 ? 2 : mood < -0.4 ? 0 : 1;
    }

    /** Returns a change with a new score, without a slot as in the stream. */
    public ObjectNode scored(String article, int version, int signal, double confidence) {
        ObjectNode change = change(article, "SCORED");
        ObjectNode score = score(version, signal, confidence);
        score.putNull("slot");
        change.withArray("scores").add(score);
        return change;
    }

    public ObjectNode measured(String article, double percent) {
        ObjectNode change = change(article, "MEASURED");
        change.set("reaction", reaction(percent));
        return change;
    }

    void page(ObjectNode data, JsonNode variables) {
        String text = variables.path("text").asText("null");
        @Nullable Pattern words = text.equals("null") ? null : Pattern.compile("(?i)" + Pattern.quote(text.replace("\"", "")));
        connection(data, variables, "from", "to", words);
    }

    void one(ObjectNode data, JsonNode variables) {
        Optional<ObjectNode> found = find(variables.path("id").asText());
        ObjectNode whole = found.map(ObjectNode::deepCopy).orElseGet(JSON::createObjectNode);
        whole.put(
                "body",
                "First paragraph of “" + whole.path("title").asText() + "”.\n\nSecond paragraph, with figures.");
        data.set("article", found.isPresent() ? whole : JSON.nullNode());
    }

    void window(ObjectNode data, JsonNode variables, int stepMinutes) {
        if (variables.path("articles").asBoolean()) {
            connection(data, variables, "publishedFrom", "publishedTo", null);
        }
        if (variables.path("sentiment").asBoolean()) {
            ArrayNode list = data.putArray("sentiment");
            for (int version = 1; version <= readers; version++) {
                sentiment(list.addObject(), version, variables, stepMinutes);
            }
        }
    }

    private synchronized void connection(
            ObjectNode data, JsonNode variables, String from, String to, @Nullable Pattern words) {
        List<ObjectNode> wanted = articles.stream()
                .filter(a -> wanted(a, variables, from, to))
                .filter(a -> words == null
                        || words.matcher(a.path("summary").asText()).find())
                .sorted(Comparator.comparing(
                                (ObjectNode a) -> a.path("publishedAt").asText())
                        .thenComparing(a -> a.path("id").asText())
                        .reversed())
                .toList();
        int skip = variables.path("after").isTextual() ? variables.path("after").asInt() : 0;
        int end = Math.min(wanted.size(), skip + variables.path("first").asInt());
        ObjectNode connection = data.putObject("articles");
        ArrayNode edges = connection.putArray("edges");
        for (ObjectNode article : wanted.subList(Math.min(skip, end), end)) {
            ObjectNode node = article.deepCopy();
            if (words != null) {
                snippet(node.putArray("snippet"), article.path("summary").asText(), words);
            }
            edges.addObject().set("node", node);
        }
        connection.putObject("pageInfo").put("hasNextPage", end < wanted.size()).put("endCursor", String.valueOf(end));
    }

    private static boolean wanted(ObjectNode article, JsonNode variables, String from, String to) {
        String published = article.path("publishedAt").asText();
        return (!variables.path("source").isTextual() || variables.get("source").equals(article.get("source")))
                && (!variables.path(from).isTextual()
                        || published.compareTo(variables.path(from).asText()) >= 0)
                && (!variables.path(to).isTextual()
                        || published.compareTo(variables.path(to).asText()) < 0)
                && (variables.path("repetitions").asBoolean()
                        || article.path("duplicateOf").isNull());
    }

    private static void snippet(ArrayNode parts, String text, Pattern words) {
        Matcher matcher = words.matcher(text);
        int at = 0;
        while (matcher.find()) {
            part(parts, text.substring(at, matcher.start()), false);
            part(parts, matcher.group(), true);
            at = matcher.end();
        }
        part(parts, text.substring(at), false);
    }

    private static void part(ArrayNode parts, String text, boolean match) {
        if (!text.isEmpty()) {
            parts.addObject().put("text", text).put("match", match);
        }
    }

    private record Weighted(long seen, double value) {}

    /** Computes the sentiment like the read model: weights halve each day. */
    private synchronized void sentiment(ObjectNode series, int version, JsonNode variables, int stepMinutes) {
        List<Weighted> weighted = articles.stream()
                .filter(article -> article.path("scores").has(version - 1))
                .map(article -> {
                    JsonNode score = article.path("scores").path(version - 1);
                    return new Weighted(
                            Instant.parse(article.path("firstSeenAt").asText()).getEpochSecond(),
                            score.path("buy").asDouble() - score.path("sell").asDouble());
                })
                .toList();
        series.put("version", version(version)).put("slot", slot(version));
        ArrayNode time = series.putArray("time");
        ArrayNode value = series.putArray("sentiment");
        long step = stepMinutes * 60L;
        long begin = Instant.parse(variables.path("from").asText()).getEpochSecond();
        long end = Instant.parse(variables.path("to").asText()).getEpochSecond();
        for (long at = Math.floorDiv(begin, step) * step; at < end; at += step) {
            double sum = 0;
            double weights = 0;
            for (Weighted item : weighted) {
                if (item.seen() <= at) {
                    double weight = Math.pow(0.5, (at - item.seen()) / 86_400.0);
                    sum += weight * item.value();
                    weights += weight;
                }
            }
            if (weights > 0) {
                time.add(at);
                value.add(sum / weights);
            }
        }
    }

    private synchronized Optional<ObjectNode> find(String id) {
        return articles.stream().filter(a -> a.path("id").asText().equals(id)).findFirst();
    }

    private static ObjectNode article(int index, int published, int seen) {
        int of = Math.floorMod(index, WHO.length * WHAT.length);
        String title = WHO[of % WHO.length] + " " + WHAT[(of / WHO.length + of) % WHAT.length];
        ObjectNode article = JSON.createObjectNode();
        article.put("__typename", "Article")
                .put("id", id(index))
                .put("url", "https://news.example/" + (1_000 - index))
                .put("channel", "archive")
                .put("source", SOURCES[Math.floorMod(index, SOURCES.length)])
                .put("title", title)
                .put(
                        "summary",
                        title
                                + ". What it means for prices is disputed: some point to flows out of funds, others to the dollar.")
                .put("publishedAt", MockMarket.time(published).toString())
                .put("publishedEstimated", false)
                .put("firstSeenAt", MockMarket.time(seen).toString())
                .put("revision", 0)
                .putNull("duplicateOf");
        article.putArray("symbols").add(MockApi.SYMBOL);
        article.putArray("scores");
        article.putArray("reactions");
        article.putArray("snippet");
        return article;
    }

    private ObjectNode score(int version, int signal, double confidence) {
        double[] p = {(1 - confidence) / 2, (1 - confidence) / 2, (1 - confidence) / 2};
        p[signal] = confidence;
        ObjectNode score = JSON.createObjectNode();
        score.put("__typename", "ArticleScore")
                .put("version", version(version))
                .put("slot", slot(version))
                .put("reading", 0)
                .put("signal", MockApi.NAMES[signal])
                .put("sell", p[0])
                .put("hold", p[1])
                .put("buy", p[2])
                .put("origin", "LIVE")
                .put("scoredAt", MockMarket.time(market.size()).toString());
        return score;
    }

    private String slot(int version) {
        return version == 1 ? "BASELINE" : version == readers ? "CURRENT" : "PREVIOUS";
    }

    private ObjectNode reaction(double percent) {
        ObjectNode reaction = JSON.createObjectNode();
        reaction.put("__typename", "ArticleReaction")
                .put("symbol", MockApi.SYMBOL)
                .put("windowMinutes", WINDOW)
                .put("percent", percent)
                .put("signal", percent > 0.5 ? "BUY" : percent < -0.5 ? "SELL" : "HOLD")
                .put("measuredAt", MockMarket.time(market.size()).toString());
        return reaction;
    }

    private double percentAfter(int published) {
        double sum = 0;
        for (int i = published; i < published + WINDOW; i++) {
            sum += market.close(i);
        }
        double base = market.close(published - 1);
        return 100 * (sum / WINDOW - base) / base;
    }

    /** Adds the model that reads the articles to a list of models. */
    void model(ArrayNode models, ModelFacts facts) {
        ObjectNode model = models.addObject();
        model.put("__typename", "Model")
                .put("id", "trl:" + MockApi.SYMBOL)
                .put("family", "TRL")
                .put("symbol", MockApi.SYMBOL);
        model.putNull("pin");
        model.putNull("promotionPolicy");
        ArrayNode versions = model.putArray("versions");
        for (int number = readers; number >= 1; number--) {
            ObjectNode version = facts.of(number);
            version.put("id", version(number))
                    .put("state", "LIVE")
                    .put("slot", slot(number))
                    .putNull("reason")
                    .put("trainingRun", MockApi.SYMBOL + "/" + number + "/trl/1")
                    .put("scorer", "bert 1")
                    .put("expired", false);
            versions.add(version);
        }
    }

    /** Supplies the common facts of a version. */
    interface ModelFacts {
        ObjectNode of(int number);
    }
}
