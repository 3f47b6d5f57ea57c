package io.hindcast.command.news;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The headlines first seen on one UTC day. It takes no commands: an article files its headline in the same transaction
 * in which it is discovered, so whether it repeats another one is decided once, from what is in the log, and stays.
 */
public class HeadlineDay {

    /** How long after an article another one may still tell its news again. */
    static final Duration WINDOW = Duration.ofHours(24);

    private record Filed(TitleWords words, List<Symbol> symbols, ArticleId original, Instant at) {}

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private final List<Filed> filed = new ArrayList<>();

    /** For Axon. */
    public HeadlineDay() {}

    /**
     * The headline of this day that this one repeats: the most similar one that was seen in the 24 hours before it and
     * is about one of its symbols, of equals the first one.
     */
    Optional<NearDuplicate> repeated(String title, List<Symbol> symbols, Instant seenAt) {
        TitleWords words = TitleWords.of(title);
        NearDuplicate best = null;
        for (Filed earlier : filed) {
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

    void file(HeadlineDayId id, ArticleId article, String title, List<Symbol> symbols, ArticleId original, Instant at) {
        apply(new HeadlineFiled(id, article, title, symbols, original, at));
    }

    @EventSourcingHandler
    void on(HeadlineFiled event) {
        aggregateId = event.headlineDay().toString();
        filed.add(new Filed(TitleWords.of(event.title()), event.symbols(), event.original(), event.filedAt()));
    }
}
