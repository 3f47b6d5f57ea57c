package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.bert.ClassOrder;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.bert.TokenBatch;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.torch.OptimizerSettings;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.TrainingControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pretrains a small encoder on texts alone, with two objectives at once: masked language modelling, with 15 % of a
 * text's tokens hidden, of which 80 % are masked, 10 % replaced at random and 10 % kept (Devlin et al., BERT, 2019);
 * and predicting the tokens of the text from its first token alone, so that the pooler, which is frozen later,
 * represents the whole text.
 */
final class LocalEncoder {

    private static final Logger log = LoggerFactory.getLogger(LocalEncoder.class);
    private static final double HIDDEN = 0.15;
    private static final double MASKED = 0.8;
    private static final double REPLACED = 0.1;
    private static final String BIAS = "guess.bias";
    private static final String CONTENT = "content.bias";

    private final BertShape shape;
    private final Weights weights;
    private final BertNetwork network;
    private final SplittableRandom random;

    private LocalEncoder(BertShape shape, Weights weights, SplittableRandom random) {
        this.shape = shape;
        this.weights = weights;
        this.network = new BertNetwork(shape, weights);
        this.random = random;
    }

    /**
     * Pretrains an encoder. The result is the same for the same texts, settings and seed, unless the time ends, which
     * is half of the training time left.
     *
     * @param texts training texts
     * @param control checked before every step
     */
    static TrlEncoder make(
            BaseEncoder.Local settings,
            List<String> texts,
            int maxTokens,
            String device,
            long seed,
            TrainingControl control) {
        List<String> vocabulary = LocalVocabulary.of(texts, settings.vocabulary());
        BertShape shape = settings.shape(vocabulary.size(), maxTokens);
        try (NDManager manager = Torch.manager(device);
                TextTokens tokens = TextTokens.ofVocabulary(vocabulary, true, maxTokens)) {
            Torch.seed(seed);
            SplittableRandom random = new SplittableRandom(seed);
            Weights weights = new Weights(manager);
            BertNetwork.initialise(shape, weights, random);
            widen(shape, weights, random);
            if (settings.epochs() > 0) {
                List<int[]> ids = texts.stream().map(tokens::encode).toList();
                new LocalEncoder(shape, weights, random).learn(ids, settings, control);
            }
            Weights own = new Weights(manager);
            shape.weights().keySet().forEach(name -> {
                Weights.Values values = weights.values(name);
                own.put(name, values.numbers(), values.shape());
            });
            return new TrlEncoder("local", shape, ClassOrder.own(), own, tokens.definition(), true);
        }
    }

    /**
     * Draws matrices again, uniformly from ±√(6 / (inputs + outputs)) (Glorot and Bengio, 2010). BERT's standard
     * deviation of 0.02 suits a width of 768; at a tenth of that width, almost no information of a text would reach its
     * first token.
     */
    private static void widen(BertShape shape, Weights weights, SplittableRandom random) {
        shape.weights().forEach((name, lengths) -> {
            boolean matrix = lengths.length == 2 && !name.startsWith(BertShape.EMBEDDINGS);
            if (matrix && !name.startsWith(BertShape.CLASSIFIER)) {
                double bound = StrictMath.sqrt(6.0 / (lengths[0] + lengths[1]));
                float[] numbers = new float[(int) (lengths[0] * lengths[1])];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) random.nextDouble(-bound, bound);
                }
                weights.get(name).set(numbers);
            }
        });
    }

    private void learn(List<int[]> texts, BaseEncoder.Local settings, TrainingControl control) {
        weights.names().stream()
                .filter(name -> !name.startsWith(BertShape.CLASSIFIER))
                .toList()
                .forEach(weights::train);
        for (String bias : new String[] {BIAS, CONTENT}) {
            weights.put(bias, new float[shape.vocabulary()], shape.vocabulary());
            weights.train(bias);
        }
        Optimization optimization = new Optimization(weights, new OptimizerSettings(settings.learningRate(), 0, 1));
        int[] order = new int[texts.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Duration kept = control.trainingTimeLeft().dividedBy(2);
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            double loss = 0;
            int batches = 0;
            Shuffling.shuffle(order, random);
            for (int from = 0; from < order.length; from += settings.batch()) {
                control.check("while the encoder was made, in epoch " + epoch);
                if (control.trainingTimeLeft().compareTo(kept) < 0) {
                    log.warn(
                            "Local encoder, epoch {} of {}: stopped, the rest of the time budget is reserved for the policy",
                            epoch,
                            settings.epochs());
                    return;
                }
                List<int[]> batch = new ArrayList<>();
                for (int i = from; i < Math.min(order.length, from + settings.batch()); i++) {
                    batch.add(texts.get(order[i]));
                }
                loss += optimization.accumulate(step -> loss(step, batch));
                optimization.step();
                batches++;
            }
            log.info("Local encoder, epoch {} of {}: loss {}", epoch, settings.epochs(), loss / batches);
        }
    }

    private NDArray loss(NDManager step, List<int[]> texts) {
        int longest = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        List<int[]> seen = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> hidden = new ArrayList<>();
        float[] content = new float[texts.size() * shape.vocabulary()];
        for (int row = 0; row < texts.size(); row++) {
            int[] text = texts.get(row).clone();
            for (int i = 1; i < text.length - 1; i++) {
                int id = text[i];
                content[row * shape.vocabulary() + id] += 1f / (text.length - 2) / texts.size();
                if (random.nextDouble() < HIDDEN) {
                    places.add(row * longest + i);
                    hidden.add(id);
                    text[i] = instead(id);
                }
            }
            seen.add(text);
        }
        NDArray encoded = network.encoded(TokenBatch.of(step, seen, shape.padding()), 0);
        NDArray contentScores = scores(network.pooled(encoded), CONTENT);
        NDArray loss = contentScores
                .logSoftmax(-1)
                .mul(step.create(content, new Shape(texts.size(), shape.vocabulary())))
                .sum()
                .neg();
        if (places.isEmpty()) {
            return loss;
        }
        NDArray flat = encoded.reshape(
                new Shape((long) texts.size() * longest, encoded.getShape().get(2)));
        NDArray chosen =
                Embedding.embedding(ids(step, places), flat, SparseFormat.DENSE).singletonOrThrow();
        NDArray guesses = scores(chosen, BIAS).logSoftmax(-1);
        NDArray right = guesses.gather(ids(step, hidden).reshape(places.size(), 1), 1);
        return loss.sub(right.mean());
    }

    private int instead(int id) {
        double draw = random.nextDouble();
        if (draw < MASKED) {
            return LocalVocabulary.MASK_ID;
        }
        return draw < MASKED + REPLACED ? random.nextInt(LocalVocabulary.SPECIAL.size(), shape.vocabulary()) : id;
    }

    /** Scores each token of the vocabulary by the product with its embedding. */
    private NDArray scores(NDArray vectors, String bias) {
        NDArray table = weights.get(BertShape.EMBEDDINGS + "word_embeddings.weight");
        return Linear.linear(vectors, table, weights.get(bias)).singletonOrThrow();
    }

    private static NDArray ids(NDManager step, List<Integer> numbers) {
        return step.create(numbers.stream().mapToLong(Integer::longValue).toArray(), new Shape(numbers.size()))
                .toType(DataType.INT64, false);
    }
}
