package io.hindcast.ml.trl;

import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.hub.HubRepository;
import io.hindcast.ml.train.NamedParameters;
import java.util.SortedMap;

/** The encoder with which a TRL training begins. */
public sealed interface BaseEncoder {

    /** Adds its description by name, for the provenance. */
    void addTo(SortedMap<String, String> map);

    /** Reads what {@link #addTo} wrote. */
    static BaseEncoder of(NamedParameters named) {
        String source = named.text("base.source");
        return source.equals(Local.SOURCE)
                ? new Local(
                        named.whole("base.vocabulary"),
                        named.whole("base.layers"),
                        named.whole("base.heads"),
                        named.whole("base.width"),
                        named.whole("base.epochs"),
                        named.whole("base.batch"),
                        named.number("base.learningRate"))
                : new Checkpoint(source, named.text("base.revision"));
    }

    /**
     * A published encoder.
     *
     * @param source a folder, or the id of a repository of a Hugging Face hub
     * @param revision commit, branch or tag of the repository; ignored for a folder
     */
    record Checkpoint(String source, String revision) implements BaseEncoder {

        public static final Checkpoint FINBERT =
                new Checkpoint(HubRepository.FINBERT.id(), HubRepository.FINBERT.revision());

        @Override
        public void addTo(SortedMap<String, String> map) {
            map.put("base.source", source);
            map.put("base.revision", revision);
        }
    }

    /**
     * An encoder pretrained locally, with a vocabulary of its own, on the texts that were visible when the last
     * training article was, by masked language modelling (Devlin et al., BERT, 2019).
     *
     * @param vocabulary most tokens, {@value #LEAST_VOCABULARY} or more
     * @param layers layers of the encoder
     * @param heads heads of the attention
     * @param width numbers per token
     * @param epochs epochs over the texts; 0 leaves the weights random
     * @param batch texts per step
     * @param learningRate learning rate of Adam
     */
    record Local(int vocabulary, int layers, int heads, int width, int epochs, int batch, double learningRate)
            implements BaseEncoder {

        static final int LEAST_VOCABULARY = 64;
        static final String SOURCE = "local";

        public Local {
            if (vocabulary < LEAST_VOCABULARY || epochs < 0 || batch < 1 || !(learningRate > 0)) {
                throw new IllegalArgumentException("local encoder with a vocabulary of " + vocabulary + ", " + epochs
                        + " epochs in batches of " + batch + " at a learning rate of " + learningRate + ", expected "
                        + LEAST_VOCABULARY + " or more, 0 or more, 1 or more, and above 0");
            }
        }

        /** Returns the encoder's shape for a vocabulary and a text length, in tokens. */
        public BertShape shape(int tokens, int positions) {
            return BertShape.small(tokens, positions, layers, heads, width);
        }

        @Override
        public void addTo(SortedMap<String, String> map) {
            map.put("base.source", SOURCE);
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
