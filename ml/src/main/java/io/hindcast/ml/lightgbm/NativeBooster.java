package io.hindcast.ml.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model in LightGBM's native memory, for training or scoring, until closed. Not thread-safe.
 *
 * <p>This class calls the SWIG class itself: lightgbm4j's {@code predictForMat} allocates two outputs a row where three
 * classes need three, and writes past its buffer; its {@code saveModelToString} never frees LightGBM's copy.
 */
public final class NativeBooster implements AutoCloseable {

    private static final int ALL_ROUNDS = -1;
    private static final int ROWS_AT_ONCE = 4096;

    private final int features;
    private final int classes;
    private @Nullable SWIGTYPE_p_void handle;

    private NativeBooster(SWIGTYPE_p_void handle) {
        this.handle = handle;
        try {
            this.features = number("features", lightgbmlib::LGBM_BoosterGetNumFeature);
            this.classes = number("classes", lightgbmlib::LGBM_BoosterGetNumClasses);
        } catch (LightGbmException e) {
            close();
            throw e;
        }
    }

    /**
     * Returns a booster that trains on one dataset and computes its metric on another. Both must stay open as long as
     * it trains.
     */
    public static NativeBooster training(NativeDataset train, NativeDataset validation, String parameters) {
        NativeBooster booster = new NativeBooster(NativeCalls.handle(
                out -> lightgbmlib.LGBM_BoosterCreate(train.handle(), parameters, out), "creating a booster"));
        try {
            NativeCalls.check(
                    lightgbmlib.LGBM_BoosterAddValidData(booster.handle(), validation.handle()),
                    "adding validation rows");
            return booster;
        } catch (LightGbmException e) {
            booster.close();
            throw e;
        }
    }

    /** Loads a model from its text, as {@link #modelText} wrote it. */
    public static NativeBooster of(String modelText) {
        LightGbmLibrary.load();
        SWIGTYPE_p_int rounds = lightgbmlib.new_intp();
        try {
            return new NativeBooster(NativeCalls.handle(
                    out -> lightgbmlib.LGBM_BoosterLoadModelFromString(modelText, rounds, out), "loading a model"));
        } finally {
            lightgbmlib.delete_intp(rounds);
        }
    }

    public int features() {
        return features;
    }

    public int classes() {
        return classes;
    }

    /** Does one round; returns false if no tree could be split any further. */
    public boolean update() {
        return NativeCalls.number(
                        finished -> lightgbmlib.LGBM_BoosterUpdateOneIter(handle(), finished), "training a round")
                == 0;
    }

    /** Returns the first metric on the validation rows. */
    public double validationMetric() {
        int metrics = number("metrics", lightgbmlib::LGBM_BoosterGetEvalCounts);
        SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(Math.max(metrics, 1));
        try {
            int length = NativeCalls.number(
                    count -> lightgbmlib.LGBM_BoosterGetEval(handle(), 1, count, out), "evaluating a round");
            if (length < 1) {
                throw new LightGbmException("evaluating a round: the booster has no metric");
            }
            return lightgbmlib.doubleArray_getitem(out, 0);
        } finally {
            lightgbmlib.delete_doubleArray(out);
        }
    }

    /**
     * Returns the first {@code rounds} rounds in LightGBM's text form, whose numbers have 17 digits and so are exact.
     */
    public String modelText(int rounds) {
        try {
            Path file = Files.createTempFile("hindcast-model-", ".txt");
            try {
                NativeCalls.check(
                        lightgbmlib.LGBM_BoosterSaveModel(
                                handle(),
                                0,
                                rounds,
                                lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_GAIN,
                                file.toString()),
                        "saving the model");
                return Files.readString(file, StandardCharsets.UTF_8);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Scores rows.
     *
     * @param matrix rows × features, row-major
     * @param threads LightGBM may use
     * @param out receives probabilities, rows × classes, row-major
     */
    public void predict(double[] matrix, int rows, int threads, double[] out) {
        int atOnce = Math.min(rows, ROWS_AT_ONCE);
        SWIGTYPE_p_double data = lightgbmlib.new_doubleArray(Math.max(1, atOnce * features));
        SWIGTYPE_p_double result = lightgbmlib.new_doubleArray(Math.max(1, atOnce * classes));
        SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
        try {
            for (int from = 0; from < rows; from += atOnce) {
                int n = Math.min(atOnce, rows - from);
                for (int i = 0; i < n * features; i++) {
                    lightgbmlib.doubleArray_setitem(data, i, matrix[from * features + i]);
                }
                NativeCalls.check(
                        lightgbmlib.LGBM_BoosterPredictForMat(
                                handle(),
                                lightgbmlib.double_to_voidp_ptr(data),
                                lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                                n,
                                features,
                                1,
                                lightgbmlibConstants.C_API_PREDICT_NORMAL,
                                0,
                                ALL_ROUNDS,
                                "num_threads=" + threads,
                                length,
                                result),
                        "scoring " + n + " rows");
                expect(lightgbmlib.int64_tp_value(length), (long) n * classes);
                for (int i = 0; i < n * classes; i++) {
                    out[from * classes + i] = lightgbmlib.doubleArray_getitem(result, i);
                }
            }
        } finally {
            lightgbmlib.delete_doubleArray(data);
            lightgbmlib.delete_doubleArray(result);
            lightgbmlib.delete_int64_tp(length);
        }
    }

    /** Returns a scorer of single rows that is set up once for all of them. Close it before this booster. */
    public SingleRow singleRow() {
        return new SingleRow(this);
    }

    SWIGTYPE_p_void handle() {
        SWIGTYPE_p_void open = handle;
        if (open == null) {
            throw new IllegalStateException("the LightGBM booster is closed");
        }
        return open;
    }

    @Override
    public void close() {
        SWIGTYPE_p_void open = handle;
        if (open != null) {
            handle = null;
            NativeCalls.check(lightgbmlib.LGBM_BoosterFree(open), "freeing a booster");
        }
    }

    private static void expect(long length, long expected) {
        if (length != expected) {
            throw new LightGbmException("scoring gave " + length + " numbers, expected " + expected);
        }
    }

    private int number(String of, NumberGetter getter) {
        return NativeCalls.number(out -> getter.get(handle(), out), "asking for the number of " + of);
    }

    @FunctionalInterface
    private interface NumberGetter {
        int get(SWIGTYPE_p_void booster, SWIGTYPE_p_int out);
    }

    /** LightGBM's fast path for one row at a time, with its buffers. */
    public static final class SingleRow implements AutoCloseable {

        private final int classes;
        private final SWIGTYPE_p_long_long length;
        private final SWIGTYPE_p_double result;
        private @Nullable SWIGTYPE_p_void config;

        private SingleRow(NativeBooster booster) {
            this.classes = booster.classes;
            config = NativeCalls.handle(
                    out -> lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
                            booster.handle(),
                            lightgbmlibConstants.C_API_PREDICT_NORMAL,
                            0,
                            ALL_ROUNDS,
                            lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                            booster.features,
                            "num_threads=1",
                            out),
                    "preparing to score single rows");
            length = lightgbmlib.new_int64_tp();
            result = lightgbmlib.new_doubleArray(classes);
        }

        /** Scores the row at the start of {@code row}; {@code out} receives its probabilities. */
        public void predict(double[] row, double[] out) {
            SWIGTYPE_p_void open = config;
            if (open == null) {
                throw new IllegalStateException("single-row scoring is closed");
            }
            NativeCalls.check(
                    lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastCriticalSWIG(row, open, length, result),
                    "scoring a row");
            expect(lightgbmlib.int64_tp_value(length), classes);
            for (int i = 0; i < classes; i++) {
                out[i] = lightgbmlib.doubleArray_getitem(result, i);
            }
        }

        @Override
        public void close() {
            SWIGTYPE_p_void open = config;
            if (open != null) {
                config = null;
                lightgbmlib.delete_int64_tp(length);
                lightgbmlib.delete_doubleArray(result);
                NativeCalls.check(lightgbmlib.LGBM_FastConfigFree(open), "freeing single-row scoring");
            }
        }
    }
}
