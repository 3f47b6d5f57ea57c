package io.hindcast.ml.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GradientsTest {

    private static final EncoderShape SHAPE = new EncoderShape(2, 2, 16, 32, EncoderShape.Activation.GELU, 1e-5f);

    @Test
    void aGarbageCollectionBetweenLossAndGradientsChangesNothing() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = new Weights(manager);
            Encoder.initialise(SHAPE, weights, "", new SplittableRandom(3));
            Map<String, float[]> undisturbed = gradients(weights, false);
            for (int i = 0; i < 5; i++) {
                gradients(weights, true)
                        .forEach((name, gradient) ->
                                assertThat(gradient).as("gradient of %s", name).isEqualTo(undisturbed.get(name)));
            }
        }
    }

    private static Map<String, float[]> gradients(Weights weights, boolean disturbed) {
        Optimization optimization = new Optimization(weights, new OptimizerSettings(1e-3, 0, 1));
        float[] numbers = new float[4 * 6 * 16];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        optimization.accumulate(step -> {
            NDArray tokens = step.create(numbers, new Shape(4, 6, 16));
            NDArray loss = new Encoder(SHAPE, weights, "")
                    .encode(tokens, null, 0)
                    .square()
                    .square()
                    .sum();
            if (disturbed) {
                System.gc();
                overwriteWhatWasFreed();
            }
            return loss;
        });
        Map<String, float[]> gradients = new TreeMap<>();
        weights.trained().forEach((name, weight) -> {
            NDArray gradient = weight.getGradient();
            gradients.put(name, gradient.toFloatArray());
            gradient.subi(gradient);
        });
        return gradients;
    }

    private static void overwriteWhatWasFreed() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * (1 + i % 8));
            while (buffer.hasRemaining()) {
                buffer.put((byte) 0x7b);
            }
            buffers.add(buffer);
        }
        assertThat(buffers).isNotEmpty();
    }
}
