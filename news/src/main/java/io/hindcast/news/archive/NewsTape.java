package io.hindcast.news.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Articles in order of publication with random access by day: an archive or a generator.
 *
 * <p>Called by the {@link NewsPlayer} on its own thread: first {@link #estimates}, then {@link #first} and
 * {@link #last}, then {@link #day} for one day after the other, the same day possibly several times. Several players
 * may share a tape, so implementations are thread-safe. The same articles are returned on every call and after every
 * restart. No method throws, except for a defect, after which the player calls again.
 */
public interface NewsTape {

    /** Returns the name of the channel that the articles carry; the same for the same articles. */
    String channel();

    /** Returns where the articles come from, for people. */
    String description();

    /** Returns one sentence about articles with estimated times, with their number; empty if there are none. */
    Optional<String> estimates();

    /** Returns when the first article was published. */
    Instant first();

    /** Returns when the last article was published; empty if there is no last one. */
    Optional<Instant> last();

    /** Returns the articles published on a UTC day, in order. */
    List<TapeArticle> day(LocalDate day);
}
