package io.hindcast.history.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One article as read from its stream.
 *
 * @param discovered its discovery
 * @param symbols symbols that it is about, each with the moment from which that was known
 * @param readings its texts in order, one or more, by number from 0
 * @param scores scores of its texts, in the order in which they were recorded
 * @param lastSequence sequence of the last event read
 */
public record ArticleHistory(
        ArticleDiscovered discovered,
        SortedMap<Symbol, Instant> symbols,
        List<Reading> readings,
        List<ArticleScored> scores,
        long lastSequence) {

    public ArticleHistory {
        symbols = new TreeMap<>(symbols);
        readings = List.copyOf(readings);
        scores = List.copyOf(scores);
    }

    /**
     * One text of an article.
     *
     * @param number see {@link ArticleScored}
     * @param body empty until it was fetched
     */
    public record Reading(int number, String title, String summary, Optional<String> body, Instant knownAt) {

        /** Returns the text that models read below the title: the body, or the summary until that was fetched. */
        public String text() {
            return body.orElse(summary);
        }
    }

    public ArticleId id() {
        return discovered.articleId();
    }

    /** Returns whether it repeats another article's news, so that its scores never take effect. */
    public boolean repeats() {
        return discovered.duplicateOf().isPresent();
    }

    /** Returns whether a version has scored a text. */
    public boolean isScored(VersionId version, int reading) {
        return scores.stream()
                .anyMatch(scored -> scored.reading() == reading
                        && scored.scores().stream()
                                .anyMatch(score -> score.version().equals(version)));
    }

    /** Returns the text known at a moment; empty before the article was first seen. */
    public Optional<Reading> asOf(Instant time) {
        return readings.reversed().stream()
                .filter(reading -> !reading.knownAt().isAfter(time))
                .findFirst();
    }
}
