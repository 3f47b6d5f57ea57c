package io.hindcast.ml.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;

/** Calls of LightGBM's C functions: loads the library, checks return codes, and frees the output parameters. */
final class NativeCalls {

    private NativeCalls() {}

    /** A call that writes a pointer to a new native object. */
    @FunctionalInterface
    interface HandleCall {
        int call(SWIGTYPE_p_p_void out);
    }

    /** A call that writes a number. */
    @FunctionalInterface
    interface IntCall {
        int call(SWIGTYPE_p_int out);
    }

    /**
     * Checks a return code.
     *
     * @param doing purpose of the call, for the message
     * @throws LightGbmException with LightGBM's own message, if the code is not 0
     */
    static void check(int code, String doing) {
        if (code != 0) {
            throw new LightGbmException(doing + ": LightGBM says: " + lightgbmlib.LGBM_GetLastError());
        }
    }

    /** Makes a native object, which the caller frees. */
    static SWIGTYPE_p_void handle(HandleCall call, String doing) {
        LightGbmLibrary.load();
        SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
        try {
            check(call.call(out), doing);
            return lightgbmlib.voidpp_value(out);
        } finally {
            lightgbmlib.delete_voidpp(out);
        }
    }

    /** Returns the number that a call writes. */
    static int number(IntCall call, String doing) {
        SWIGTYPE_p_int out = lightgbmlib.new_intp();
        try {
            check(call.call(out), doing);
            return lightgbmlib.intp_value(out);
        } finally {
            lightgbmlib.delete_intp(out);
        }
    }
}
