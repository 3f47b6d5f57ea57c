package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonParser;
import io.hindcast.api.kline.DecimalText;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads the decimals that Binance sends as text, mostly without allocating a string. Not thread-safe. */
final class JsonDecimalReader {

    private final DecimalText decimal = new DecimalText();
    private final byte[] scratch = new byte[64];

    /** Returns the parser's current value, null if it is not a decimal. */
    @org.jspecify.annotations.Nullable BigDecimal read(JsonParser in) throws IOException {
        if (!in.currentToken().isScalarValue()) {
            return null;
        }
        int length = in.getTextLength();
        if (length == 0 || length > scratch.length) {
            return null;
        }
        char[] chars = in.getTextCharacters();
        int offset = in.getTextOffset();
        for (int i = 0; i < length; i++) {
            scratch[i] = (byte) Math.min(chars[offset + i], 127);
        }
        if (decimal.read(scratch, 0, length)) {
            return BigDecimal.valueOf(decimal.unscaled(), decimal.scale());
        }
        try {
            BigDecimal wide = new BigDecimal(chars, offset, length);
            return Math.abs(wide.scale()) > 40 ? null : wide;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
