package io.hindcast.api.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import java.time.Duration;
import java.time.Instant;

/** The length of a candle, in the exchange's notation. Every interval divides a UTC day. */
public enum Interval {
    ONE_MINUTE("1m", Duration.ofMinutes(1));

    private final String code;
    private final Duration length;

    Interval(String code, Duration length) {
        this.code = code;
        this.length = length;
    }

    @JsonCreator
    public static Interval of(String code) {
        for (Interval interval : values()) {
            if (interval.code.equals(code)) {
                return interval;
            }
        }
        throw RefusedException.of("BAD_INTERVAL", "interval", "'" + code + "'", "1m");
    }

    @JsonValue
    public String code() {
        return code;
    }

    public Duration length() {
        return length;
    }

    public long millis() {
        return length.toMillis();
    }

    /** Returns the number of candles in a UTC day. */
    public int perDay() {
        return (int) UtcDay.LENGTH.dividedBy(length);
    }

    /** Returns when the candle that opens at {@code openTime} is complete: the open time of the next one. */
    public Instant closeOf(Instant openTime) {
        return openTime.plus(length);
    }

    @Override
    public String toString() {
        return code;
    }
}
