package io.hindcast.ml.lightgbm;

import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;

/** The engines that execute a LightGBM model in its native form, each on the caller's thread alone. */
public enum LightGbmEngine implements ScorerEngine {
    /** Trees flattened into arrays and walked in Java; sums and softmax in LightGBM's order. */
    FLAT_TREES("flat-trees") {
        @Override
        public String version() {
            return FlatTreesScorer.VERSION;
        }

        @Override
        public Scorer open(byte[] nativeModel, byte[] onnx, int threads) {
            return FlatTreesScorer.of(nativeModel);
        }
    },
    /** LightGBM's own native call. */
    NATIVE("lightgbm-native") {
        @Override
        public String version() {
            return LightGbmLibrary.version();
        }

        @Override
        public Scorer open(byte[] nativeModel, byte[] onnx, int threads) {
            return LightGbmScorer.of(nativeModel);
        }
    };

    /** The engine with which new versions are registered: the fastest by measurement, for one row and for batches. */
    public static final LightGbmEngine DEFAULT = FLAT_TREES;

    private final String code;

    LightGbmEngine(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
