package io.hindcast.news.rss;

import io.hindcast.api.news.PublishedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A feed as it was read.
 *
 * @param title of the feed, may be empty
 * @param items those that were read, newest first as the feed gives them
 * @param unread why each of the others was not, one line each
 * @param oddDates dates that are no time, as they stand there
 * @param beyond number of items after the first {@value #MOST_ITEMS}, which are not looked at
 * @param cutOff whether the feed ends before its end
 */
record Feed(
        String title, List<FeedItem> items, List<String> unread, List<String> oddDates, int beyond, boolean cutOff) {

    /** Items that are read of one feed. */
    static final int MOST_ITEMS = 200;

    Feed {
        items = List.copyOf(items);
        unread = List.copyOf(unread);
        oddDates = List.copyOf(oddDates);
    }

    /** A sentence about items that could not be read, with the first reason; empty if all could. */
    Optional<String> problem() {
        List<String> parts = new ArrayList<>();
        if (!unread.isEmpty()) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%d of %d items could not be read, the first for this reason: %s",
                    unread.size(),
                    unread.size() + items.size(),
                    unread.getFirst()));
        }
        if (cutOff) {
            parts.add("the feed is cut off after " + items.size() + " items");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    /** A sentence about items whose dates say less than the moment, with their number; empty if there are none. */
    Optional<String> dates() {
        long estimated = items.stream()
                .flatMap(item -> item.published().stream())
                .filter(time -> time.certainty() == PublishedTime.Certainty.ESTIMATED)
                .count();
        List<String> parts = new ArrayList<>();
        if (estimated > 0) {
            parts.add(estimated + " of " + items.size() + " items are dated by day, at midnight or without a zone");
        }
        if (!oddDates.isEmpty()) {
            parts.add(oddDates.size() + " of " + items.size() + " items have a date that is not a time, the first '"
                    + oddDates.getFirst() + "'");
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", parts)
                        + ": they count as published at the latest moment that can mean, or when they were found");
    }
}
