package io.hindcast.ml.bert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.ml.torch.EncoderShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration of a checkpoint, from its {@code config.json}.
 *
 * @param labels names of the classes in the order of the classifier's rows; empty if there are none
 */
public record BertConfig(BertShape shape, List<String> labels) {

    /** Name of the file in a checkpoint. */
    public static final String FILE = "config.json";

    private static final JsonMapper JSON = new JsonMapper();

    public BertConfig {
        labels = List.copyOf(labels);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it describes no BERT, or one that differs from {@link BertNetwork}, naming
     *     the field, its value and what was expected
     */
    public static BertConfig read(byte[] json) {
        JsonNode config;
        try {
            config = JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(FILE + " cannot be read, expected JSON: " + e.getMessage(), e);
        }
        must(config, "model_type", "bert");
        must(config, "position_embedding_type", "absolute");
        must(config, "is_decoder", "false");
        must(config, "add_cross_attention", "false");
        String activation = config.path("hidden_act").asText("gelu");
        EncoderShape encoder = new EncoderShape(
                number(config, "num_hidden_layers"),
                number(config, "num_attention_heads"),
                number(config, "hidden_size"),
                number(config, "intermediate_size"),
                switch (activation) {
                    case "gelu" -> EncoderShape.Activation.GELU;
                    case "relu" -> EncoderShape.Activation.RELU;
                    default ->
                        throw new IllegalArgumentException(
                                FILE + " has hidden_act '" + activation + "', expected gelu or relu");
                },
                (float) config.path("layer_norm_eps").asDouble(1e-12));
        BertShape shape = new BertShape(
                number(config, "vocab_size"),
                number(config, "max_position_embeddings"),
                config.has("type_vocab_size") ? number(config, "type_vocab_size") : 2,
                config.path("pad_token_id").asInt(0),
                encoder);
        return new BertConfig(shape, labels(config.path("id2label")));
    }

    private static void must(JsonNode config, String field, String expected) {
        JsonNode value = config.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(expected)) {
            throw new IllegalArgumentException(
                    FILE + " has " + field + " '" + value.asText() + "', expected " + expected);
        }
    }

    private static int number(JsonNode config, String field) {
        JsonNode value = config.path(field);
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw new IllegalArgumentException(FILE + " has " + field + " "
                    + (value.isMissingNode() ? "missing" : value) + ", expected a whole number of 1 or more");
        }
        return value.asInt();
    }

    private static List<String> labels(JsonNode id2label) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < id2label.size(); i++) {
            JsonNode label = id2label.path(Integer.toString(i));
            if (!label.isTextual()) {
                throw new IllegalArgumentException(
                        FILE + " has id2label " + id2label + ", expected names by number from 0 on");
            }
            labels.add(label.asText());
        }
        return labels;
    }
}
