package io.hindcast.news.rss;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.PublicationTimeParser;
import java.util.List;
import java.util.Optional;

/**
 * An item of a feed as written, in markup.
 *
 * @param link absolute address, or empty
 * @param dates dates of publication, then of changes
 * @param bodies candidates for the body; the first one that is long enough is taken
 */
record RawFeedItem(
        String title, String link, String summary, List<String> tags, List<String> dates, List<String> bodies) {

    private static final int MIN_BODY_LENGTH = 400;

    /** Adds the parsed item to {@code items}, or the reason why it is unreadable to {@code unreadable}. */
    void parseInto(List<FeedItem> items, List<String> unreadable, List<String> malformedDates) {
        String plainTitle = PlainText.shortened(PlainText.line(title), 500);
        if (plainTitle.isEmpty()) {
            unreadable.add("no title" + (link.isEmpty() ? "" : " with the link " + excerpt(link)));
            return;
        }
        if (link.isEmpty()) {
            unreadable.add("no link with the title '" + excerpt(plainTitle) + "'");
            return;
        }
        try {
            ArticleUrl url = new ArticleUrl(link);
            Optional<PublishedTime> published = PublicationTimeParser.mostPrecise(
                    dates.stream().map(PublicationTimeParser::parse).flatMap(Optional::stream));
            if (published.isEmpty() && !dates.isEmpty()) {
                malformedDates.add(excerpt(dates.getFirst()));
            }
            items.add(new FeedItem(
                    url,
                    plainTitle,
                    PlainText.shortened(PlainText.line(summary), 2_000),
                    PlainText.line(String.join(" | ", tags)),
                    published,
                    bodies.stream()
                            .map(PlainText::paragraphs)
                            .filter(text -> text.length() >= MIN_BODY_LENGTH)
                            .findFirst()
                            .orElse("")));
        } catch (RefusedException e) {
            unreadable.add("the link '" + excerpt(link) + "' with the title '" + excerpt(plainTitle) + "'");
        }
    }

    private static String excerpt(String text) {
        return PlainText.shortened(PlainText.clean(text), 100);
    }
}
