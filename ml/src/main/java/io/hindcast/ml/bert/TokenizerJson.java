package io.hindcast.ml.bert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes tokenizer definitions of the Hugging Face tokenizers library. */
final class TokenizerJson {

    static final String PAD = "[PAD]";
    static final String UNKNOWN = "[UNK]";
    static final String FIRST = "[CLS]";
    static final String LAST = "[SEP]";
    static final String MASK = "[MASK]";
    /** Special tokens, in the order in which a local vocabulary begins. */
    static final List<String> SPECIAL = List.of(PAD, UNKNOWN, FIRST, LAST, MASK);

    private static final JsonMapper JSON = new JsonMapper();

    private TokenizerJson() {}

    static byte[] withoutLengths(byte[] definition) {
        try {
            if (!(JSON.readTree(definition) instanceof ObjectNode tree) || !tree.has("model")) {
                throw new IllegalArgumentException(TextTokens.DEFINITION + " has no model, expected one");
            }
            tree.putNull("truncation");
            tree.putNull("padding");
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    TextTokens.DEFINITION + " cannot be read, expected JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a {@code tokenizer_config.json} drops case, which is BERT's default. */
    static boolean lowerCase(byte[] settings) throws IOException {
        return JSON.readTree(settings).path("do_lower_case").asBoolean(true);
    }

    static byte[] ofVocabulary(List<String> vocabulary, boolean lowerCase) {
        Map<String, Integer> ids = new HashMap<>();
        for (String token : vocabulary) {
            Integer before = ids.putIfAbsent(token, ids.size());
            if (before != null) {
                throw new IllegalArgumentException(
                        "token '" + token + "' is in the vocabulary twice, first at line " + (before + 1));
            }
        }
        if (!ids.keySet().containsAll(List.of(PAD, UNKNOWN, FIRST, LAST))) {
            throw new IllegalArgumentException("vocabulary of " + ids.size() + " tokens, expected " + PAD + ", "
                    + UNKNOWN + ", " + FIRST + " and " + LAST + " among them");
        }
        ObjectNode tree = JSON.createObjectNode().put("version", "1.0");
        tree.putNull("truncation").putNull("padding");
        ArrayNode added = tree.putArray("added_tokens");
        SPECIAL.stream()
                .filter(ids::containsKey)
                .forEach(token -> added.addObject()
                        .put("id", ids.get(token))
                        .put("content", token)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true));
        tree.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", lowerCase);
        tree.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        tree.set("post_processor", aroundEachText(ids));
        tree.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = tree.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", UNKNOWN)
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100);
        ObjectNode vocab = model.putObject("vocab");
        vocabulary.forEach(token -> vocab.put(token, ids.get(token)));
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode aroundEachText(Map<String, Integer> ids) {
        ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
        for (String name : new String[] {"single", "pair"}) {
            ArrayNode parts = template.putArray(name);
            parts.add(special(FIRST, 0));
            parts.add(sequence("A", 0));
            parts.add(special(LAST, 0));
            if (name.equals("pair")) {
                parts.add(sequence("B", 1));
                parts.add(special(LAST, 1));
            }
        }
        ObjectNode specials = template.putObject("special_tokens");
        for (String token : new String[] {FIRST, LAST}) {
            ObjectNode one = specials.putObject(token).put("id", token);
            one.putArray("ids").add(ids.get(token));
            one.putArray("tokens").add(token);
        }
        return template;
    }

    private static JsonNode special(String token, int type) {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("SpecialToken").put("id", token).put("type_id", type);
        return node;
    }

    private static JsonNode sequence(String id, int type) {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("Sequence").put("id", id).put("type_id", type);
        return node;
    }
}
