package io.hindcast.ml.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance.Value;
import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Occlusion of a model of texts: how far the probability of BUY falls against that of SELL when a word is masked in the
 * texts that contain it. Words in very few texts, or in most of them, are left out.
 */
final class WordImportance {

    private static final int MOST_TEXTS = 300;
    private static final int MOST_WORDS = 24;
    private static final int TEXTS_OF_A_WORD = 30;
    private static final int TEXTS_AT_ONCE = 5;
    private static final int FEWEST = 4;
    private static final double COMMON = 0.3;
    private static final int LETTERS = 3;
    private static final String MASK = "[MASK]";
    private static final String UNKNOWN = "[UNK]";

    private final Scorer scorer;
    private final Map<Integer, String> words = new HashMap<>();
    private final int hidden;

    WordImportance(ModelBundle bundle, Scorer scorer) {
        this.scorer = scorer;
        JsonNode vocabulary = vocabulary(bundle);
        vocabulary.properties().forEach(entry -> {
            if (entry.getKey().length() >= LETTERS && entry.getKey().chars().allMatch(Character::isLetter)) {
                words.put(entry.getValue().asInt(), entry.getKey());
            }
        });
        this.hidden = vocabulary.path(vocabulary.has(MASK) ? MASK : UNKNOWN).asInt();
    }

    private static JsonNode vocabulary(ModelBundle bundle) {
        try {
            return new JsonMapper()
                    .readTree(bundle.part(TextTokens.DEFINITION))
                    .path("model")
                    .path("vocab");
        } catch (IOException e) {
            throw new CorruptBundleException(
                    TextTokens.DEFINITION + " in the model bundle is no JSON: " + e.getMessage(), e);
        }
    }

    /** @param done called after every few texts with the number of words done; it may throw to cancel */
    Importance importance(ScoredRows scored, IntConsumer done) {
        int n = Math.min(MOST_TEXTS, scored.size());
        List<double[]> texts = new ArrayList<>(n);
        Map<Integer, List<Integer>> of = new HashMap<>();
        for (int i = 0; i < n; i++) {
            double[] text = new double[scored.samples().inputs()];
            scored.samples().read(scored.rows().from() + (int) ((long) i * scored.size() / n), text, 0);
            texts.add(text);
            int at = i;
            java.util.Arrays.stream(text)
                    .mapToInt(id -> (int) id)
                    .distinct()
                    .filter(words::containsKey)
                    .forEach(
                            id -> of.computeIfAbsent(id, _ -> new ArrayList<>()).add(at));
        }
        List<Value> values = new ArrayList<>();
        of.entrySet().stream()
                .filter(word ->
                        word.getValue().size() >= FEWEST && word.getValue().size() <= Math.max(FEWEST, COMMON * n))
                .sorted(Comparator.<Map.Entry<Integer, List<Integer>>>comparingInt(
                                word -> -word.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_WORDS)
                .forEach(word -> {
                    List<double[]> having = word.getValue().stream()
                            .limit(TEXTS_OF_A_WORD)
                            .map(texts::get)
                            .toList();
                    double sum = 0;
                    for (int from = 0; from < having.size(); from += TEXTS_AT_ONCE) {
                        sum += push(word.getKey(), having.subList(from, Math.min(having.size(), from + TEXTS_AT_ONCE)));
                        done.accept(values.size());
                    }
                    values.add(new Value(Objects.requireNonNull(words.get(word.getKey())), 100 * sum / having.size()));
                });
        values.sort(Comparator.comparingDouble(Value::amount).reversed());
        return new Importance(
                "Words that move it",
                "Occlusion: how far a word shifts the evaluated texts that contain it from SELL to BUY, compared with the same texts"
                        + " with the word masked; below 0 it shifts them to SELL.",
                "points of probability",
                values);
    }

    /** Returns the sum over the texts. */
    private double push(int word, List<double[]> texts) {
        int inputs = scorer.inputs();
        double[] rows = new double[2 * texts.size() * inputs];
        for (int i = 0; i < texts.size(); i++) {
            for (int t = 0; t < inputs; t++) {
                double id = texts.get(i)[t];
                rows[2 * i * inputs + t] = id;
                rows[(2 * i + 1) * inputs + t] = id == word ? hidden : id;
            }
        }
        double[] p = new double[2 * texts.size() * Scorer.CLASSES];
        scorer.score(rows, 2 * texts.size(), p);
        double sum = 0;
        for (int i = 0; i < texts.size(); i++) {
            int with = 2 * i * Scorer.CLASSES;
            int without = with + Scorer.CLASSES;
            sum += p[with + 2] - p[with] - (p[without + 2] - p[without]);
        }
        return sum;
    }
}
