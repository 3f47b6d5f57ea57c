package io.hindcast.api.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.WellFormedText;
import java.time.Instant;

/**
 * Who decided something about a version, why and when.
 *
 * @param by the person, 1 to {@value #MAX_BY} characters
 * @param reason in the person's words, 1 to {@value #MAX_REASON} characters
 * @param at market time of the decision
 */
public record Attribution(String by, String reason, Instant at) {

    private static final int MAX_BY = 100;
    private static final int MAX_REASON = 500;

    /** @throws RefusedException as {@code BAD_REASON} or {@code BAD_PERSON} if a text is blank or too long */
    public Attribution {
        by = text(by, "BAD_PERSON", "by", MAX_BY);
        reason = text(reason, "BAD_REASON", "reason", MAX_REASON);
    }

    private static String text(String given, String code, String subject, int limit) {
        String text = WellFormedText.of(given).strip();
        // PostgreSQL has no NUL in its texts; line breaks would tear the line of a log or a table.
        text = text.replaceAll("\\p{Cntrl}+", " ");
        if (text.isBlank()) {
            throw RefusedException.of(code, subject, "blank", "a text of 1 to " + limit + " characters");
        }
        if (text.length() > limit) {
            throw RefusedException.of(
                    code, subject, "a text of " + text.length() + " characters", "1 to " + limit + " characters");
        }
        return text;
    }
}
