package io.hindcast.query;

import io.hindcast.api.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list, read with one row more than it holds, which shows whether another page follows.
 *
 * @param cursors opaque positions of the rows, by which the next page is asked for
 */
public record Page<T>(List<T> rows, List<String> cursors, boolean hasNext) {

    /**
     * Returns the page of the first rows of {@code found}.
     *
     * @param size rows of a full page
     * @param position text of a row's position in the list
     */
    public static <T> Page<T> of(List<T> found, int size, Function<T, String> position) {
        List<T> rows = found.subList(0, Math.min(found.size(), size));
        return new Page<>(rows, rows.stream().map(position).map(Page::cursor).toList(), found.size() > rows.size());
    }

    private static String cursor(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the position that a cursor holds, or refuses the cursor.
     *
     * @param parser may throw any {@code RuntimeException} at a text that is no position of its list
     */
    public static <P> Optional<P> position(Optional<String> cursor, Function<String, P> parser) {
        return cursor.map(text -> {
            try {
                return parser.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                throw RefusedException.of("BAD_CURSOR", "after", "'" + text + "'", "a cursor of this list");
            }
        });
    }
}
