package io.hindcast.api.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;

/**
 * A market's name as its exchange writes it, such as {@code BTCUSDT}: 2 to 20 capitals A to Z, digits, and letters of
 * scripts without upper and lower case, such as Chinese. So two names never differ by case alone, and none contains a
 * character with a meaning in ids, URLs, folders or metrics. Where only ASCII is safe, use {@link #encoded()}.
 */
public record Symbol(@JsonValue String value) implements Comparable<Symbol> {

    private static final List<String> QUOTE_ASSETS =
            List.of("USDT", "USDC", "BUSD", "FDUSD", "TUSD", "USD", "EUR", "BTC");
    private static final int SHORTEST = 2;
    private static final int LONGEST = 20;
    private static final String FORM =
            "2 to 20 capitals A to Z, digits, or letters of a script without upper and lower case, like BTCUSDT";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Symbol {
        String fault = fault(value);
        if (!fault.isEmpty()) {
            throw RefusedException.of("BAD_SYMBOL", "symbol", "'" + value + "' (" + fault + ")", FORM);
        }
    }

    private static String fault(String value) {
        int length = value.codePointCount(0, value.length());
        if (length < SHORTEST || length > LONGEST) {
            return length + (length == 1 ? " character" : " characters");
        }
        String foreign = value.codePoints()
                .filter(c -> !allowed(c))
                .mapToObj(Symbol::shown)
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        if (!foreign.isEmpty()) {
            return "with " + foreign;
        }
        // Two spellings of one name would be two markets, but the same folder on some file systems.
        return Normalizer.isNormalized(value, Normalizer.Form.NFKC) ? "" : "not in Unicode's normal form NFKC";
    }

    private static boolean allowed(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || Character.getType(c) == Character.OTHER_LETTER;
    }

    private static String shown(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || Character.isWhitespace(c)
                ? "U+%04X".formatted(c)
                : Character.toString(c);
    }

    /**
     * Returns the name in percent-encoded UTF-8, for URLs, file names and object keys: always ASCII, and unchanged for
     * ASCII names.
     */
    public String encoded() {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Returns the asset that is traded, BTC of BTCUSDT; the whole name if its quote asset isn't recognised. */
    public String baseAsset() {
        return QUOTE_ASSETS.stream()
                .filter(quote -> value.endsWith(quote) && value.length() > quote.length())
                .findFirst()
                .map(quote -> value.substring(0, value.length() - quote.length()))
                .orElse(value);
    }

    @Override
    public int compareTo(Symbol other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
