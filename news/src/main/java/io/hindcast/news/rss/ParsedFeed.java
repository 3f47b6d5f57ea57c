package io.hindcast.news.rss;

import io.hindcast.api.news.PublishedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A parsed feed.
 *
 * @param title title of the feed, may be empty
 * @param items readable items in the feed's order, usually newest first
 * @param unreadable reason for each of the other items, one line each
 * @param malformedDates dates that could not be parsed, as written
 * @param skipped number of items after the first {@value #MAX_ITEMS}
 * @param truncated whether the document ends before the feed does
 */
record ParsedFeed(
        String title,
        List<FeedItem> items,
        List<String> unreadable,
        List<String> malformedDates,
        int skipped,
        boolean truncated) {

    /** Most items read of one feed. */
    static final int MAX_ITEMS = 200;

    ParsedFeed {
        items = List.copyOf(items);
        unreadable = List.copyOf(unreadable);
        malformedDates = List.copyOf(malformedDates);
    }

    /** Describes the items that could not be read, with the first reason; empty if all could. */
    Optional<String> problem() {
        List<String> parts = new ArrayList<>();
        if (!unreadable.isEmpty()) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%d of %d items could not be read, the first for this reason: %s",
                    unreadable.size(),
                    unreadable.size() + items.size(),
                    unreadable.getFirst()));
        }
        if (truncated) {
            parts.add("the feed is cut off after " + items.size() + " items");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    /** Describes the items whose dates are less precise than a moment, with their number; empty if there are none. */
    Optional<String> impreciseDates() {
        long estimated = items.stream()
                .flatMap(item -> item.published().stream())
                .filter(time -> time.certainty() == PublishedTime.Certainty.ESTIMATED)
                .count();
        List<String> parts = new ArrayList<>();
        if (estimated > 0) {
            parts.add(estimated + " of " + items.size() + " items are dated by day, at midnight or without a zone");
        }
        if (!malformedDates.isEmpty()) {
            parts.add(malformedDates.size() + " of " + items.size()
                    + " items have a date that is not a time, the first '" + malformedDates.getFirst() + "'");
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", parts)
                        + ": they count as published at the latest moment that can mean, or when they were found");
    }
}
