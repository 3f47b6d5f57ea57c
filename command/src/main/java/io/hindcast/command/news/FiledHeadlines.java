package io.hindcast.command.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The headlines filed on one UTC day, in order. Immutable. */
record FiledHeadlines(List<Headline> headlines) {

    static final FiledHeadlines NONE = new FiledHeadlines(List.of());

    /** Time after an article within which another one may repeat its news. */
    static final Duration WINDOW = Duration.ofHours(24);

    /**
     * One headline.
     *
     * @param original the article that reported the news first
     * @param at when the headline's article was first seen
     */
    record Headline(TitleWords words, List<Symbol> symbols, ArticleId original, Instant at) {}

    /** Returns the state after another headline was filed. */
    FiledHeadlines after(HeadlineFiled event) {
        List<Headline> all = new ArrayList<>(headlines);
        all.add(new Headline(TitleWords.of(event.title()), event.symbols(), event.original(), event.filedAt()));
        return new FiledHeadlines(all);
    }

    /**
     * Returns the headline that a new one repeats: the most similar of those filed in the 24 hours before it about one
     * of its symbols, the first of equally similar ones.
     */
    Optional<NearDuplicate> repeatedBy(String title, List<Symbol> symbols, Instant seenAt) {
        TitleWords words = TitleWords.of(title);
        NearDuplicate best = null;
        for (Headline earlier : headlines) {
            if (earlier.at.isAfter(seenAt)
                    || earlier.at.isBefore(seenAt.minus(WINDOW))
                    || Collections.disjoint(earlier.symbols, symbols)) {
                continue;
            }
            double similarity = words.similarity(earlier.words);
            if (similarity >= TitleWords.ALIKE && (best == null || similarity > best.similarity())) {
                best = new NearDuplicate(earlier.original, similarity);
            }
        }
        return Optional.ofNullable(best);
    }
}
