package io.hindcast.ml.bert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Output of the reference implementation; see {@code make_bert_fixtures.py} beside the files. */
public final class Fixtures {

    public static final Path FOLDER = Path.of("src/test/fixtures/bert");

    public static final JsonNode EXPECTED = json("expected.json");

    private Fixtures() {}

    public static JsonNode json(String file) {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a checkpoint of the fixtures: {@code .} or one of the folders. */
    public static Checkpoint checkpoint(String folder, Weights into) {
        try {
            return Checkpoint.read(FOLDER.resolve(folder), into, new SplittableRandom(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<int[]> tokens() {
        List<int[]> texts = new ArrayList<>();
        EXPECTED.path("tokens").forEach(text -> texts.add(ints(text)));
        return texts;
    }

    private static int[] ints(JsonNode array) {
        int[] numbers = new int[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.path(i).asInt();
        }
        return numbers;
    }

    /** Returns a table of {@code expected.json}, row-major, its columns in the order SELL, HOLD, BUY. */
    public static float[] logits(String name) {
        JsonNode table = EXPECTED.path(name);
        float[] numbers = new float[table.size() * 3];
        List<String> labels = new ArrayList<>();
        EXPECTED.path("labels").forEach(label -> labels.add(label.asText()));
        List<String> order = List.of("negative", "neutral", "positive");
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float)
                    table.path(i / 3).path(labels.indexOf(order.get(i % 3))).asDouble();
        }
        return numbers;
    }
}
