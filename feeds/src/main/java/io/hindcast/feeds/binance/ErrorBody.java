package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bodies of answers with an error. */
final class ErrorBody {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int INVALID_SYMBOL = -1121;
    private static final int SHOWN_BYTES = 200;

    private ErrorBody() {}

    /**
     * Returns whether Binance itself reports an invalid symbol, the one error that an immediate retry cannot change.
     */
    static boolean isUnknownSymbol(byte[] body) {
        try (JsonParser in = JSON.createParser(body)) {
            while (in.nextToken() != null) {
                if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && "code".equals(in.currentName())) {
                    return in.getIntValue() == INVALID_SYMBOL;
                }
            }
        } catch (IOException notJson) {
            // A proxy or a CDN answered, not Binance.
        }
        return false;
    }

    /** Returns the beginning of a body in one line, for messages. */
    static String shortened(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SHOWN_BYTES), StandardCharsets.UTF_8);
        return text.replaceAll("\\s+", " ");
    }
}
