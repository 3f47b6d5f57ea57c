package io.hindcast.api.news;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * An article was corrected. Earlier texts stay in the log, as do predictions made from them.
 *
 * @param revision n for its n-th correction, from 1
 * @param title title after the correction
 * @param summary summary after the correction
 * @param body the new body if that was corrected, else empty
 */
@Revision("1")
public record ArticleRevised(
        ArticleId articleId, int revision, String title, String summary, Optional<String> body, Instant knownAt)
        implements NewsEvent {}
