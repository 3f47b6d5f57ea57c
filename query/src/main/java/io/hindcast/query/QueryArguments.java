package io.hindcast.query;

import io.hindcast.api.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** What a query may ask for, with refusals that say what would have been right. */
public final class Check {

    private Check() {}

    /** Refuses a number outside {@code least} to {@code most}. */
    public static void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw RefusedException.of("OUT_OF_RANGE", field, value, least + " to " + most);
        }
    }

    /** Refuses an empty or reversed period. */
    public static void period(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw RefusedException.of("BAD_PERIOD", "from", from, "a time before to, which is " + to);
        }
    }

    /** The opaque form of a place in a list. */
    public static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor back with {@code reader}, which may throw anything at a text that is no place in its list. */
    public static <T> Optional<T> after(Optional<String> cursor, Function<String, T> reader) {
        return cursor.map(text -> {
            try {
                return reader.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                throw RefusedException.of("BAD_CURSOR", "after", "'" + text + "'", "a cursor of this list");
            }
        });
    }
}
