package io.hindcast.news.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Articles in order of publication with random access by day: an archive or generated ones. Thread-safe. */
public interface NewsTape {

    /** Which way its articles come, the same for the same articles. */
    String channel();

    /** Where the articles come from, for people. */
    String description();

    /** One sentence about articles whose times are estimated, with their number; empty if there are none. */
    Optional<String> estimates();

    /** When the first one was published. */
    Instant first();

    /** When the last one was published, empty if there is no last one. */
    Optional<Instant> last();

    /** The articles published on a UTC day, in order. */
    List<TapeArticle> day(LocalDate day);
}
