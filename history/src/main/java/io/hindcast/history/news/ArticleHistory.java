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
 * One article as its stream has it.
 *
 * @param discovered all that was said of it when it was discovered
 * @param symbols what it is about, each with when that was known
 * @param readings its texts in order, one or more, by number from 0
 * @param scores what versions made of them, in the order in which that was recorded
 * @param lastSequence of the last event read
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

        /** What models read below the title: the body, or the summary as long as there is no more. */
        public String text() {
            return body.orElse(summary);
        }
    }

    public ArticleId id() {
        return discovered.articleId();
    }

    /** Whether it repeats another article's news, and so does not count. */
    public boolean repeats() {
        return discovered.duplicateOf().isPresent();
    }

    /** Whether this version has read this text. */
    public boolean isScored(VersionId version, int reading) {
        return scores.stream()
                .anyMatch(scored -> scored.reading() == reading
                        && scored.scores().stream()
                                .anyMatch(score -> score.version().equals(version)));
    }

    /** The text that was known at a moment; empty before it was first seen. */
    public Optional<Reading> asOf(Instant time) {
        return readings.reversed().stream()
                .filter(reading -> !reading.knownAt().isAfter(time))
                .findFirst();
    }
}
