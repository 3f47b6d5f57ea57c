package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindcast.ml.bert.ClassOrder;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adapters and classifier in the file format of Hugging Face's PEFT: {@value #MODEL} and {@value #CONFIG}.
 *
 * @param values values by the network's names; the classifier's rows are SELL, HOLD, BUY
 */
public record PeftAdapter(LoraShape shape, SortedMap<String, Weights.Values> values) {

    public static final String MODEL = "adapter_model.safetensors";
    public static final String CONFIG = "adapter_config.json";

    private static final String PREFIX = "base_model.model.";
    private static final JsonMapper JSON = new JsonMapper();

    public PeftAdapter {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Returns a copy of an adapter's current values. */
    public static PeftAdapter of(Lora lora) {
        return new PeftAdapter(lora.shape(), new TreeMap<>(lora.values()));
    }

    /**
     * Returns the file {@value #MODEL}.
     *
     * @param order class order of the base checkpoint, which the file's classifier has, too
     */
    public byte[] model(ClassOrder order) {
        try (NDManager manager = Torch.manager("cpu")) {
            NDList list = new NDList();
            values.forEach((name, value) -> {
                float[] numbers = name.startsWith(Lora.HEAD) ? order.toCheckpoint(value.numbers()) : value.numbers();
                NDArray array = manager.create(numbers, new Shape(value.shape()));
                array.setName(PREFIX + name);
                list.add(array);
            });
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    /**
     * Returns the file {@value #CONFIG}.
     *
     * @param base name of the base checkpoint, for people and for PEFT
     */
    public byte[] config(String base) {
        ObjectNode config = JSON.createObjectNode()
                .put("base_model_name_or_path", base)
                .put("bias", "none")
                .put("fan_in_fan_out", false)
                .put("inference_mode", true)
                .put("init_lora_weights", true)
                .put("lora_alpha", shape.alpha())
                .put("lora_dropout", shape.dropout());
        config.putArray("modules_to_save").add(Lora.HEAD).add("score");
        config.put("peft_type", "LORA").put("r", shape.rank());
        ArrayNode targets = config.putArray("target_modules");
        new TreeSet<>(Lora.TARGETS).forEach(targets::add);
        config.put("task_type", "SEQ_CLS").put("use_dora", false).put("use_rslora", false);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads both files.
     *
     * @param order as in {@link #model}
     * @throws IllegalArgumentException if they describe another kind of adapter, naming what was expected
     */
    public static PeftAdapter read(byte[] config, byte[] model, ClassOrder order) {
        LoraShape shape = shape(config);
        SortedMap<String, Weights.Values> values = new TreeMap<>();
        for (Map.Entry<String, Weights.Values> entry :
                Weights.fromSafetensors(model).entrySet()) {
            if (!entry.getKey().startsWith(PREFIX)) {
                throw new IllegalArgumentException(
                        MODEL + " has " + entry.getKey() + ", expected names that begin with " + PREFIX);
            }
            String name = entry.getKey().substring(PREFIX.length());
            Weights.Values value = entry.getValue();
            values.put(
                    name,
                    name.startsWith(Lora.HEAD)
                            ? new Weights.Values(order.toOwn(value.numbers()), value.shape())
                            : value);
        }
        return new PeftAdapter(shape, values);
    }

    private static LoraShape shape(byte[] config) {
        JsonNode json;
        try {
            json = JSON.readTree(config);
        } catch (IOException e) {
            throw new IllegalArgumentException(CONFIG + " cannot be read, expected JSON: " + e.getMessage(), e);
        }
        must(json, "peft_type", "LORA");
        must(json, "bias", "none");
        for (String other : List.of("use_dora", "use_rslora", "fan_in_fan_out")) {
            if (json.has(other) && !json.get(other).isNull()) {
                must(json, other, "false");
            }
        }
        for (String pattern : List.of("rank_pattern", "alpha_pattern")) {
            if (json.path(pattern).size() > 0) {
                throw new IllegalArgumentException(
                        CONFIG + " has " + pattern + " " + json.get(pattern) + ", expected one rank for all");
            }
        }
        TreeSet<String> targets = new TreeSet<>();
        json.path("target_modules").forEach(target -> targets.add(target.asText()));
        if (!targets.equals(new TreeSet<>(Lora.TARGETS))) {
            throw new IllegalArgumentException(
                    CONFIG + " has target_modules " + targets + ", expected " + new TreeSet<>(Lora.TARGETS));
        }
        return new LoraShape(
                json.path("r").asInt(),
                json.path("lora_alpha").asDouble(),
                json.path("lora_dropout").asDouble());
    }

    private static void must(JsonNode json, String field, String expected) {
        if (!json.path(field).asText().equals(expected)) {
            throw new IllegalArgumentException(
                    CONFIG + " has " + field + " '" + json.path(field).asText() + "', expected " + expected);
        }
    }
}
