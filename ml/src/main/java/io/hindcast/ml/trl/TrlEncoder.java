package io.hindcast.ml.trl;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.bert.Checkpoint;
import io.hindcast.ml.bert.ClassOrder;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.hash.Sha256;
import io.hindcast.ml.torch.EncoderShape;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** An encoder with classifier and tokenizer, in memory, to which adapters are added. Immutable. */
public final class TrlEncoder {

    private final String name;
    private final BertShape shape;
    private final ClassOrder order;
    private final byte[] safetensors;
    private final byte[] tokenizer;
    private final boolean freshHead;

    /**
     * @param name name for people and for PEFT
     * @param order class order of the checkpoint; the weights have ours
     * @param weights all weights of the shape
     * @param tokenizer definition for {@link TextTokens#of}
     * @param freshHead whether the classifier was drawn at random, so that its scores mean nothing yet
     */
    public TrlEncoder(
            String name, BertShape shape, ClassOrder order, Weights weights, byte[] tokenizer, boolean freshHead) {
        this.name = name;
        this.shape = shape;
        this.order = order;
        this.safetensors = weights.toSafetensors();
        this.tokenizer = tokenizer.clone();
        this.freshHead = freshHead;
    }

    /**
     * Reads a checkpoint's folder.
     *
     * @param seed seed of the classifier's weights, where the checkpoint has none
     * @throws IllegalArgumentException if it is no BERT checkpoint
     * @throws UncheckedIOException if its files cannot be read
     */
    public static TrlEncoder read(String name, Path folder, long seed) {
        try (NDManager manager = Torch.manager("cpu");
                TextTokens tokens = TextTokens.ofFolder(folder, 2)) {
            Checkpoint checkpoint = Checkpoint.read(folder, new Weights(manager), new SplittableRandom(seed));
            return new TrlEncoder(
                    name,
                    checkpoint.config().shape(),
                    checkpoint.order(),
                    checkpoint.weights(),
                    tokens.definition(),
                    checkpoint.freshHead());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the checkpoint in " + folder, e);
        }
    }

    public String name() {
        return name;
    }

    public BertShape shape() {
        return shape;
    }

    /** Returns the class order of the checkpoint. */
    public ClassOrder order() {
        return order;
    }

    /** Returns whether the classifier was drawn at random and must be trained before its scores mean anything. */
    public boolean freshHead() {
        return freshHead;
    }

    /** Returns a copy of the tokenizer's definition. */
    public byte[] tokenizer() {
        return tokenizer.clone();
    }

    /** Creates the weights as arrays of a manager, none of them trained. */
    Weights weights(NDManager manager) {
        Map<String, Weights.Values> values = Weights.fromSafetensors(safetensors);
        Weights weights = new Weights(manager);
        for (String wanted : shape.weights().keySet()) {
            Weights.Values value = values.get(wanted);
            if (value == null) {
                throw new IllegalArgumentException(
                        "encoder " + name + " has no weight " + wanted + ", only " + values.keySet());
            }
            weights.put(wanted, value.numbers(), value.shape());
        }
        return weights;
    }

    /** Creates the tokenisation of articles cut to {@code maxTokens}, which the caller closes. */
    public ArticleTokens tokens(int maxTokens) {
        if (maxTokens > shape.positions()) {
            throw new IllegalArgumentException("texts of " + maxTokens + " tokens, expected " + shape.positions()
                    + " at most, which is how many positions " + name + " has");
        }
        return new ArticleTokens(TextTokens.of(tokenizer, maxTokens), shape.padding());
    }

    /** Returns the SHA-256, 64 hexadecimal digits, over weights and tokenizer. */
    public String digest() {
        MessageDigest sha = Sha256.digest();
        sha.update(safetensors);
        sha.update(tokenizer);
        return Sha256.hex(sha);
    }

    /** Returns the {@code config.json} that makes the merged weights a checkpoint, with classes in our order. */
    byte[] config() {
        JsonMapper json = new JsonMapper();
        EncoderShape encoder = shape.encoder();
        ObjectNode config = json.createObjectNode();
        config.putArray("architectures").add("BertForSequenceClassification");
        config.put("model_type", "bert")
                .put("hidden_act", encoder.activation().name().toLowerCase(Locale.ROOT))
                .put("hidden_size", encoder.width())
                .put("intermediate_size", encoder.inner())
                .put("layer_norm_eps", encoder.epsilon())
                .put("max_position_embeddings", shape.positions())
                .put("num_attention_heads", encoder.heads())
                .put("num_hidden_layers", encoder.layers())
                .put("pad_token_id", shape.padding())
                .put("position_embedding_type", "absolute")
                .put("type_vocab_size", shape.types())
                .put("vocab_size", shape.vocabulary());
        ObjectNode labels = config.putObject("id2label");
        ObjectNode numbers = config.putObject("label2id");
        Signal.CLASSES.forEach(signal -> {
            labels.put(Integer.toString(signal.classIndex()), signal.name());
            numbers.put(signal.name(), signal.classIndex());
        });
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
