package io.hindcast.news.yahoo;

import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of a listing.
 *
 * @param source who published it, as the listing says, may be empty
 * @param published worked out from a relative time, if there is one
 */
record Story(ArticleUrl link, String title, String source, String summary, Optional<PublishedTime> published) {

    /** What is behind a link. */
    enum Kind {
        /** An article to be read here. */
        ARTICLE,
        /** A film. */
        VIDEO,
        /** A first sentence and a link to another site. */
        ELSEWHERE
    }

    private static final Pattern ARTICLE =
            Pattern.compile("/(news|([a-z0-9-]+/)+articles)/[^/]+-[0-9]+\\.html/?", Pattern.CASE_INSENSITIVE);

    Kind kind() {
        String path = link.uri().getPath();
        if (path.startsWith("/video/") || path.contains("/videos/")) {
            return Kind.VIDEO;
        }
        return ARTICLE.matcher(path).matches() ? Kind.ARTICLE : Kind.ELSEWHERE;
    }
}
