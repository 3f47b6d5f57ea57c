package io.hindcast.ml.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.Trained;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance.Value;
import io.hindcast.ml.model.GoldenRows;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import io.hindcast.ml.score.Scorer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordImportanceTest {

    private static final int PAD = 0;
    private static final int SOARS = 2;
    private static final int CRASHES = 3;
    private static final int MARKET = 4;
    private static final int TOKENS = 4;
    private static final int TEXTS = 60;
    private static final String VOCABULARY = """
            {"model":{"vocab":{"[PAD]":0,"[MASK]":1,"soars":2,"crashes":3,"market":4,"##ing":5,"of":6}}}""";

    /**
     * Texts that all contain 'of' and '##ing'; one in five soars, one in five crashes, one in four names the market.
     */
    private static final class Texts implements Samples {
        @Override
        public FeatureSetRef source() {
            return new FeatureSetRef("texts", "hash");
        }

        @Override
        public LabelSpec label() {
            return LabelSpec.DEFAULT;
        }

        @Override
        public String digest() {
            return "digest";
        }

        @Override
        public int rows() {
            return TEXTS;
        }

        @Override
        public int inputs() {
            return TOKENS;
        }

        @Override
        public void read(int row, double[] out, int at) {
            out[at] = 6;
            out[at + 1] = row % 5 == 0 ? SOARS : row % 5 == 1 ? CRASHES : 5;
            out[at + 2] = row % 4 == 0 ? MARKET : 5;
            out[at + 3] = PAD;
        }

        @Override
        public long time(int row) {
            return row;
        }

        @Override
        public Signal outcome(int row) {
            return Signal.HOLD;
        }

        @Override
        public double nextReturn(int row) {
            return 0;
        }

        @Override
        public double previousReturn(int row) {
            return 0;
        }
    }

    /** Predicts BUY for texts that soar and SELL for texts that crash. */
    private static final class Reader implements Scorer {
        @Override
        public ScorerSpec spec() {
            return new ScorerSpec("test", "1");
        }

        @Override
        public int inputs() {
            return TOKENS;
        }

        @Override
        public void score(double[] rows, int n, double[] out) {
            for (int row = 0; row < n; row++) {
                double word = rows[row * TOKENS + 1];
                out[3 * row] = word == CRASHES ? 0.6 : 0.2;
                out[3 * row + 2] = word == SOARS ? 0.6 : 0.2;
                out[3 * row + 1] = 1 - out[3 * row] - out[3 * row + 2];
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void measuresTheDirectionOfWords() {
        ModelBundle trained = Trained.MODEL.bundle(Trained.POSITION);
        ModelBundle bundle = new ModelBundle(
                ModelFamily.TRL,
                new ScorerSpec("test", "1"),
                RowSpec.ofText(new FeatureSetRef("texts", "hash"), Map.of("rule", "test")),
                trained.provenance(),
                trained.evaluation(),
                Map.of(
                        ModelBundle.NATIVE, new byte[0],
                        ModelBundle.ONNX, new byte[0],
                        TextTokens.DEFINITION, VOCABULARY.getBytes(StandardCharsets.UTF_8)),
                new GoldenRows(List.of("a", "b", "c", "d"), new double[TOKENS], new double[3]));
        ScoredRows scored = new ScoredRows(new Texts(), new RowRange(0, TEXTS), new double[3 * TEXTS]);
        List<Value> values =
                Importances.of(bundle, new Reader(), scored, _ -> {}).getFirst().values();
        assertThat(values).extracting(Value::name).containsExactly("soars", "market", "crashes");
        assertThat(values.getFirst().amount()).isEqualTo(40, org.assertj.core.api.Assertions.offset(1e-9));
        assertThat(values.get(1).amount()).as("moves nothing").isZero();
        assertThat(values.getLast().amount()).isEqualTo(-40, org.assertj.core.api.Assertions.offset(1e-9));
    }
}
