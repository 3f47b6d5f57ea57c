package io.hindcast.news.rss;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.StatedTime;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a feed as it stands there, in markup.
 *
 * @param link absolute, or empty
 * @param dates of publication and then of changes, as stated
 * @param body the first of several texts that is long enough is it
 */
record RawItem(String title, String link, String summary, List<String> tags, List<String> dates, List<String> body) {

    private static final int SHORTEST_BODY = 400;

    /** Adds the item, or why it is none. */
    void read(List<FeedItem> items, List<String> unread, List<String> oddDates) {
        String plain = PlainText.shortened(PlainText.line(title), 500);
        if (plain.isEmpty()) {
            unread.add("no title" + (link.isEmpty() ? "" : " with the link " + shown(link)));
            return;
        }
        if (link.isEmpty()) {
            unread.add("no link with the title '" + shown(plain) + "'");
            return;
        }
        try {
            ArticleUrl url = new ArticleUrl(link);
            Optional<PublishedTime> published =
                    StatedTime.mostPrecise(dates.stream().map(StatedTime::read).flatMap(Optional::stream));
            if (published.isEmpty() && !dates.isEmpty()) {
                oddDates.add(shown(dates.getFirst()));
            }
            items.add(new FeedItem(
                    url,
                    plain,
                    PlainText.shortened(PlainText.line(summary), 2_000),
                    PlainText.line(String.join(" | ", tags)),
                    published,
                    body.stream()
                            .map(PlainText::paragraphs)
                            .filter(text -> text.length() >= SHORTEST_BODY)
                            .findFirst()
                            .orElse("")));
        } catch (RefusedException e) {
            unread.add("the link '" + shown(link) + "' with the title '" + shown(plain) + "'");
        }
    }

    private static String shown(String text) {
        return PlainText.shortened(PlainText.clean(text), 100);
    }
}
