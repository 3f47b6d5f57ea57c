package io.hindcast.api.news;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * An article was corrected. What was known before stays in the log, as do predictions made from it.
 *
 * @param revision n for its n-th correction, from 1
 * @param title as it reads now
 * @param summary as it reads now
 * @param body as it reads now if it is the text that was corrected, else empty
 */
@Revision("1")
public record ArticleRevised(
        ArticleId articleId, int revision, String title, String summary, Optional<String> body, Instant knownAt)
        implements NewsEvent {}
