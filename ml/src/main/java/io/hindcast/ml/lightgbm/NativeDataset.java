package io.hindcast.ml.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import org.jspecify.annotations.Nullable;

/** Rows binned by LightGBM, in native memory until closed. Not thread-safe. */
public final class NativeDataset implements AutoCloseable {

    private @Nullable SWIGTYPE_p_void handle;

    private NativeDataset(SWIGTYPE_p_void handle) {
        this.handle = handle;
    }

    /**
     * Bins rows.
     *
     * @param matrix rows × columns, row-major; {@code NaN} is missing
     * @param labels class of each row
     * @param weights of each row
     * @param reference the training dataset whose bins a validation dataset must share, or null
     * @param parameters LightGBM's dataset parameters
     */
    public static NativeDataset of(
            double[] matrix,
            int columns,
            float[] labels,
            float[] weights,
            @Nullable NativeDataset reference,
            String parameters) {
        LightGbmLibrary.load();
        SWIGTYPE_p_double data = lightgbmlib.new_doubleArray(matrix.length);
        NativeDataset dataset;
        try {
            for (int i = 0; i < matrix.length; i++) {
                lightgbmlib.doubleArray_setitem(data, i, matrix[i]);
            }
            dataset = new NativeDataset(NativeCalls.handle(
                    out -> lightgbmlib.LGBM_DatasetCreateFromMat(
                            lightgbmlib.double_to_voidp_ptr(data),
                            lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                            labels.length,
                            columns,
                            1,
                            parameters,
                            reference == null ? null : reference.handle(),
                            out),
                    "binning " + labels.length + " rows"));
        } finally {
            lightgbmlib.delete_doubleArray(data);
        }
        try {
            dataset.setField("label", labels);
            dataset.setField("weight", weights);
            return dataset;
        } catch (LightGbmException e) {
            dataset.close();
            throw e;
        }
    }

    private void setField(String name, float[] values) {
        SWIGTYPE_p_float data = lightgbmlib.new_floatArray(values.length);
        try {
            for (int i = 0; i < values.length; i++) {
                lightgbmlib.floatArray_setitem(data, i, values[i]);
            }
            NativeCalls.check(
                    lightgbmlib.LGBM_DatasetSetField(
                            handle(),
                            name,
                            lightgbmlib.float_to_voidp_ptr(data),
                            values.length,
                            lightgbmlibConstants.C_API_DTYPE_FLOAT32),
                    "setting the field " + name);
        } finally {
            lightgbmlib.delete_floatArray(data);
        }
    }

    SWIGTYPE_p_void handle() {
        SWIGTYPE_p_void open = handle;
        if (open == null) {
            throw new IllegalStateException("the LightGBM dataset is closed");
        }
        return open;
    }

    @Override
    public void close() {
        SWIGTYPE_p_void open = handle;
        if (open != null) {
            handle = null;
            NativeCalls.check(lightgbmlib.LGBM_DatasetFree(open), "freeing a dataset");
        }
    }
}
