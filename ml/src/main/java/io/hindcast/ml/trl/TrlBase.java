package io.hindcast.ml.trl;

import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.hub.HubRepository;
import java.util.SortedMap;

/** What a TRL training begins with. */
public sealed interface TrlBase {

    /** Adds what it is, by name, for the provenance. */
    void addTo(SortedMap<String, String> map);

    /**
     * A published encoder.
     *
     * @param source a folder, or the id of a repository of a Hugging Face hub
     * @param revision of the repository, a commit, branch or tag; of no meaning for a folder
     */
    record Checkpoint(String source, String revision) implements TrlBase {

        public static final Checkpoint FINBERT =
                new Checkpoint(HubRepository.FINBERT.id(), HubRepository.FINBERT.revision());

        @Override
        public void addTo(SortedMap<String, String> map) {
            map.put("base.source", source);
            map.put("base.revision", revision);
        }
    }

    /**
     * An encoder made here, with a vocabulary of its own, from the texts that were known when the last article to train
     * on was: first it learns to guess words that are left out of them (Devlin et al., BERT, 2019).
     *
     * @param vocabulary tokens at most, {@value #LEAST_VOCABULARY} or more
     * @param layers of the encoder
     * @param heads of its attention
     * @param width numbers a token
     * @param epochs over the texts; 0 leaves the weights as they were drawn
     * @param batch texts a step
     * @param learningRate of Adam
     */
    record Local(int vocabulary, int layers, int heads, int width, int epochs, int batch, double learningRate)
            implements TrlBase {

        static final int LEAST_VOCABULARY = 64;

        public Local {
            if (vocabulary < LEAST_VOCABULARY || epochs < 0 || batch < 1 || !(learningRate > 0)) {
                throw new IllegalArgumentException("local encoder with a vocabulary of " + vocabulary + ", " + epochs
                        + " epochs in batches of " + batch + " at a learning rate of " + learningRate + ", expected "
                        + LEAST_VOCABULARY + " or more, 0 or more, 1 or more, and above 0");
            }
        }

        /** Its shape, with a vocabulary of so many tokens for texts of so many. */
        public BertShape shape(int tokens, int positions) {
            return BertShape.small(tokens, positions, layers, heads, width);
        }

        @Override
        public void addTo(SortedMap<String, String> map) {
            map.put("base.source", "local");
            map.put("base.vocabulary", String.valueOf(vocabulary));
            map.put("base.layers", String.valueOf(layers));
            map.put("base.heads", String.valueOf(heads));
            map.put("base.width", String.valueOf(width));
            map.put("base.epochs", String.valueOf(epochs));
            map.put("base.batch", String.valueOf(batch));
            map.put("base.learningRate", String.valueOf(learningRate));
        }
    }
}
