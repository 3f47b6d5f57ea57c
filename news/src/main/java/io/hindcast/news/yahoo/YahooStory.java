package io.hindcast.news.yahoo;

import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A story of a symbol's listing.
 *
 * @param source publisher as named in the listing, may be empty
 * @param published estimate from the listing's relative time, if there is one
 */
record YahooStory(ArticleUrl link, String title, String source, String summary, Optional<PublishedTime> published) {

    /** Kind of page that a story links to. */
    enum Kind {
        /** An article on the site. */
        ARTICLE,
        /** A video. */
        VIDEO,
        /** A teaser with a link to another site. */
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
