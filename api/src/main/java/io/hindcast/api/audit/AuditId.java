package io.hindcast.api.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of an audit, written {@code audit:lightgbm:BTCUSDT:3:2022-05-01:2022-05-08:1652000000}.
 *
 * @param from first UTC day
 * @param to the day after the last one
 * @param key {@value #SCHEDULED}, or the second of the request, so that a repeated request names the same audit
 */
public record AuditId(VersionId version, LocalDate from, LocalDate to, String key) {

    /** Key of the audit of a day that is requested once the day is over. */
    public static final String SCHEDULED = "scheduled";

    /** Most days of an audit. */
    public static final int MAX_DAYS = 400;

    private static final Pattern FORM =
            Pattern.compile("audit:(.+):(\\d{4}-\\d\\d-\\d\\d):(\\d{4}-\\d\\d-\\d\\d):([a-z0-9]{1,20})");
    private static final String EXPECTED = "audit:VERSION:FROM:TO:KEY";

    public AuditId {
        if (!to.isAfter(from) || to.isAfter(from.plusDays(MAX_DAYS))) {
            throw RefusedException.of(
                    "BAD_RANGE",
                    "days to replay",
                    from + " to " + to,
                    "1 to " + MAX_DAYS + " days; the end is exclusive");
        }
    }

    /** Returns the audit that a person requests at a market time. */
    public static AuditId requested(VersionId version, LocalDate from, LocalDate to, Instant at) {
        return new AuditId(version, from, to, Long.toString(Math.max(0, at.getEpochSecond())));
    }

    /** Returns the audit of a day that is requested once the day is over. */
    public static AuditId scheduled(VersionId version, LocalDate day) {
        return new AuditId(version, day, day.plusDays(1), SCHEDULED);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AuditId parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw RefusedException.of("BAD_AUDIT", "audit", "'" + text + "'", EXPECTED);
        }
        try {
            return new AuditId(
                    VersionId.parse(form.group(1)),
                    LocalDate.parse(form.group(2)),
                    LocalDate.parse(form.group(3)),
                    form.group(4));
        } catch (DateTimeException e) {
            throw RefusedException.of("BAD_AUDIT", "audit", "'" + text + "'", EXPECTED);
        }
    }

    public Symbol symbol() {
        return version.model().symbol();
    }

    /** Returns the number of days. */
    public int days() {
        return (int) (to.toEpochDay() - from.toEpochDay());
    }

    public boolean isScheduled() {
        return key.equals(SCHEDULED);
    }

    @JsonValue
    @Override
    public String toString() {
        return "audit:" + version + ":" + from + ":" + to + ":" + key;
    }
}
