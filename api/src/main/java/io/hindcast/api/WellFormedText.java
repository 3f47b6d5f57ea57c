package io.hindcast.api;

import java.nio.charset.StandardCharsets;

/**
 * Text of whole characters. Scraped pages and JSON escapes contain lone surrogates, which neither JSON in UTF-8 nor
 * PostgreSQL accepts, so every message with text from outside replaces them in its constructor.
 */
public final class WellFormedText {

    private WellFormedText() {}

    /** Returns the text with U+FFFD in place of each lone surrogate. */
    public static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
