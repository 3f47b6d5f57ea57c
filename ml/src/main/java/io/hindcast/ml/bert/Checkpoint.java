package io.hindcast.ml.bert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.ml.torch.PickledWeights;
import io.hindcast.ml.torch.Safetensors;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint in memory: a folder's {@code config.json} and weights, in any of the forms in which BERTs are published.
 *
 * @param config configuration of the checkpoint
 * @param order class order of the checkpoint; the classifier in {@code weights} has ours, SELL, HOLD, BUY
 * @param weights all weights of the network, none of them trained
 * @param fresh names of weights that the checkpoint lacks and that are therefore drawn at random: a classifier, perhaps
 *     with its pooler
 */
public record Checkpoint(BertConfig config, ClassOrder order, Weights weights, List<String> fresh) {

    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** Names of weight files, the preferred one first. Each may be split into files that an index lists. */
    public static final String SAFETENSORS = "model.safetensors";

    public static final String PICKLED = "pytorch_model.bin";
    public static final String INDEX = ".index.json";

    public Checkpoint {
        fresh = List.copyOf(fresh);
    }

    /** Returns whether the classifier was drawn at random, so that its scores mean nothing before it is trained. */
    public boolean freshHead() {
        return fresh.contains(BertShape.CLASSIFIER + ".weight");
    }

    /** Returns the network without adapters. */
    public BertNetwork network() {
        return new BertNetwork(config.shape(), weights);
    }

    /**
     * Reads a folder.
     *
     * @param into receives the weights
     * @param random draws a head that the checkpoint lacks
     * @throws IllegalArgumentException if a file or a weight is missing, damaged or inconsistent with the
     *     configuration, naming it
     */
    public static Checkpoint read(Path folder, Weights into, RandomGenerator random) throws IOException {
        Path configFile = folder.resolve(BertConfig.FILE);
        if (!Files.exists(configFile)) {
            throw new IllegalArgumentException(folder + " has no " + BertConfig.FILE + ", expected a BERT checkpoint");
        }
        BertConfig config = BertConfig.read(Files.readAllBytes(configFile));
        Map<String, Weights.Values> found = new TreeMap<>();
        for (Path file : files(folder)) {
            Map<String, Weights.Values> part =
                    file.toString().endsWith(".bin") ? PickledWeights.read(file) : Safetensors.read(file);
            part.forEach((name, values) -> found.put(ownName(name), values));
        }
        List<String> fresh = new ArrayList<>();
        ClassOrder order =
                found.containsKey(BertShape.CLASSIFIER + ".weight") ? ClassOrder.of(config.labels()) : ClassOrder.own();
        for (Map.Entry<String, long[]> wanted : config.shape().weights().entrySet()) {
            String name = wanted.getKey();
            float[] numbers = numbers(folder, name, wanted.getValue(), found.remove(name));
            if (numbers.length == 0) {
                fresh.add(name);
                numbers = BertNetwork.fresh(config.shape(), name, wanted.getValue(), random);
            } else if (name.startsWith(BertShape.CLASSIFIER)) {
                numbers = order.toOwn(numbers);
            }
            into.put(name, numbers, wanted.getValue());
        }
        if (!fresh.isEmpty()) {
            log.info("{} has no weights {}: they begin at random and have to be trained", folder, fresh);
        }
        if (!found.isEmpty()) {
            log.info("{} has weights that a classifier does not use: {}", folder, found.keySet());
        }
        return new Checkpoint(config, order, into, fresh);
    }

    /**
     * Returns the current name of a published weight: with the prefix that some lack, and with the new names of layer
     * norms.
     */
    private static String ownName(String name) {
        String prefixed = name.startsWith("bert.") || name.startsWith(BertShape.CLASSIFIER) || name.startsWith("cls.")
                ? name
                : "bert." + name;
        return prefixed.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias");
    }

    private static float[] numbers(Path folder, String name, long[] shape, Weights.@Nullable Values values) {
        if (values == null) {
            if (name.startsWith(BertShape.CLASSIFIER) || name.startsWith(BertShape.POOLER)) {
                return new float[0];
            }
            throw new IllegalArgumentException(folder + " has no weight " + name + ", expected one of shape "
                    + Arrays.toString(shape) + " as its " + BertConfig.FILE + " says");
        }
        if (!Arrays.equals(values.shape(), shape)) {
            throw new IllegalArgumentException(folder + " has weight " + name + " of shape "
                    + Arrays.toString(values.shape()) + ", expected " + Arrays.toString(shape));
        }
        return values.numbers();
    }

    private static List<Path> files(Path folder) throws IOException {
        for (String name : List.of(SAFETENSORS, PICKLED)) {
            if (Files.exists(folder.resolve(name))) {
                return List.of(folder.resolve(name));
            }
            Path index = folder.resolve(name + INDEX);
            if (Files.exists(index)) {
                return shards(Files.readAllBytes(index)).stream()
                        .map(folder::resolve)
                        .toList();
            }
        }
        throw new IllegalArgumentException(
                folder + " has neither " + SAFETENSORS + " nor " + PICKLED + ", expected weights in one of them");
    }

    /**
     * Returns the names of the files that an index lists, in order.
     *
     * @throws IllegalArgumentException if one is not a plain name
     */
    public static List<String> shards(byte[] index) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode file : JSON.readTree(index).path("weight_map")) {
            if (!file.asText().matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.(safetensors|bin)")) {
                throw new IllegalArgumentException("an index of weights names the file '" + file.asText()
                        + "', expected a .safetensors or .bin file beside it");
            }
            names.add(file.asText());
        }
        return List.copyOf(names);
    }
}
