package io.hindcast.ml.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
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
 * A model in LightGBM's native memory until closed, being trained or scoring. One thread at a time.
 *
 * <p>This calls the SWIG class itself: lightgbm4j's {@code predictForMat} gives a row two outputs where three classes
 * need three, and writes past its buffer; its {@code saveModelToString} never frees LightGBM's copy.
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

    /** A booster that trains on one dataset and is watched on another; both must stay open as long as it trains. */
    public static NativeBooster training(NativeDataset train, NativeDataset validation, String parameters) {
        SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
        NativeBooster booster;
        try {
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_BoosterCreate(train.handle(), parameters, out), "creating a booster");
            booster = new NativeBooster(lightgbmlib.voidpp_value(out));
        } finally {
            lightgbmlib.delete_voidpp(out);
        }
        try {
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_BoosterAddValidData(booster.handle(), validation.handle()),
                    "adding validation rows");
            return booster;
        } catch (LightGbmException e) {
            booster.close();
            throw e;
        }
    }

    /** The model of this text, as {@link #modelText} wrote it. */
    public static NativeBooster of(String modelText) {
        LightGbmLibrary.load();
        SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
        SWIGTYPE_p_int rounds = lightgbmlib.new_intp();
        try {
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_BoosterLoadModelFromString(modelText, rounds, out), "loading a model");
            return new NativeBooster(lightgbmlib.voidpp_value(out));
        } finally {
            lightgbmlib.delete_intp(rounds);
            lightgbmlib.delete_voidpp(out);
        }
    }

    public int features() {
        return features;
    }

    public int classes() {
        return classes;
    }

    /** Does one round; false if it found nothing left to split. */
    public boolean update() {
        SWIGTYPE_p_int finished = lightgbmlib.new_intp();
        try {
            LightGbmLibrary.check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle(), finished), "training a round");
            return lightgbmlib.intp_value(finished) == 0;
        } finally {
            lightgbmlib.delete_intp(finished);
        }
    }

    /** The first metric on the validation rows. */
    public double validationMetric() {
        int metrics = number("metrics", lightgbmlib::LGBM_BoosterGetEvalCounts);
        SWIGTYPE_p_int length = lightgbmlib.new_intp();
        SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(Math.max(metrics, 1));
        try {
            LightGbmLibrary.check(lightgbmlib.LGBM_BoosterGetEval(handle(), 1, length, out), "evaluating a round");
            if (lightgbmlib.intp_value(length) < 1) {
                throw new LightGbmException("evaluating a round: the booster has no metric");
            }
            return lightgbmlib.doubleArray_getitem(out, 0);
        } finally {
            lightgbmlib.delete_intp(length);
            lightgbmlib.delete_doubleArray(out);
        }
    }

    /** The first {@code rounds} rounds in LightGBM's text form, numbers with 17 digits, so exact. */
    public String modelText(int rounds) {
        try {
            Path file = Files.createTempFile("hindcast-model-", ".txt");
            try {
                LightGbmLibrary.check(
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
     * Probabilities of rows.
     *
     * @param matrix rows × features, row-major
     * @param threads LightGBM may use
     * @param out receives rows × classes, row-major
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
                LightGbmLibrary.check(
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

    /** A way to score single rows without setting up anew for each; close it before this booster. */
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
            LightGbmLibrary.check(lightgbmlib.LGBM_BoosterFree(open), "freeing a booster");
        }
    }

    private static void expect(long length, long expected) {
        if (length != expected) {
            throw new LightGbmException("scoring gave " + length + " numbers, expected " + expected);
        }
    }

    private int number(String of, NumberGetter getter) {
        SWIGTYPE_p_int out = lightgbmlib.new_intp();
        try {
            LightGbmLibrary.check(getter.get(handle(), out), "asking for the number of " + of);
            return lightgbmlib.intp_value(out);
        } finally {
            lightgbmlib.delete_intp(out);
        }
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
            SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
            try {
                LightGbmLibrary.check(
                        lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
                                booster.handle(),
                                lightgbmlibConstants.C_API_PREDICT_NORMAL,
                                0,
                                ALL_ROUNDS,
                                lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                                booster.features,
                                "num_threads=1",
                                out),
                        "preparing to score single rows");
                config = lightgbmlib.voidpp_value(out);
            } finally {
                lightgbmlib.delete_voidpp(out);
            }
            length = lightgbmlib.new_int64_tp();
            result = lightgbmlib.new_doubleArray(classes);
        }

        /** Scores the row that {@code row} begins with; {@code out} receives its probabilities. */
        public void predict(double[] row, double[] out) {
            SWIGTYPE_p_void open = config;
            if (open == null) {
                throw new IllegalStateException("single-row scoring is closed");
            }
            LightGbmLibrary.check(
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
                LightGbmLibrary.check(lightgbmlib.LGBM_FastConfigFree(open), "freeing single-row scoring");
            }
        }
    }
}
