package io.hindcast.ml.trl;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.ml.bert.BertConfig;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.bert.ClassOrder;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** The tiny BERT of the reference implementation, with its adapter and one step of GRPO. */
final class ReferenceFixture {

    /** Class order of the checkpoint: positive, negative, neutral. */
    static final ClassOrder ORDER = ClassOrder.of(List.of("positive", "negative", "neutral"));

    private static final Path FOLDER = Path.of("src/test/fixtures/bert");
    private static final JsonMapper JSON = new JsonMapper();

    private ReferenceFixture() {}

    static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String file) {
        try {
            return JSON.readTree(bytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BertShape shape() {
        return BertConfig.read(bytes("config.json")).shape();
    }

    /** Returns the weights, with the classifier's rows in our order. */
    static Weights weights(NDManager manager) {
        Map<String, Weights.Values> values = Weights.fromSafetensors(bytes("model.safetensors"));
        Weights weights = new Weights(manager);
        for (String name : shape().weights().keySet()) {
            Weights.Values value = Objects.requireNonNull(values.get(name));
            float[] numbers = name.startsWith(BertShape.CLASSIFIER) ? ORDER.toOwn(value.numbers()) : value.numbers();
            weights.put(name, numbers, value.shape());
        }
        return weights;
    }

    /** Returns the adapter on those weights. */
    static Lora adapter(Weights weights) {
        PeftAdapter adapter =
                PeftAdapter.read(bytes("adapter/" + PeftAdapter.CONFIG), bytes("adapter/" + PeftAdapter.MODEL), ORDER);
        Lora lora = Lora.add(adapter.shape(), weights, new SplittableRandom(1));
        lora.set(adapter.values());
        return lora;
    }

    static List<int[]> tokens() {
        List<int[]> texts = new ArrayList<>();
        for (JsonNode text : json("expected.json").get("tokens")) {
            int[] ids = new int[text.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = text.get(i).asInt();
            }
            texts.add(ids);
        }
        return texts;
    }

    /** Returns a table of numbers, row by row. */
    static double[] numbers(JsonNode rows) {
        List<Double> numbers = new ArrayList<>();
        rows.forEach(row -> row.forEach(number -> numbers.add(number.asDouble())));
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
