package io.hindcast.command.news;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The headlines first seen on one UTC day. It handles no commands: an article files its headline in the transaction in
 * which it is discovered, so whether it repeats another one is decided once, from the log, and never changes.
 */
public class HeadlineDay {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private FiledHeadlines headlines = FiledHeadlines.NONE;

    /** For Axon. */
    public HeadlineDay() {}

    Optional<NearDuplicate> repeatedBy(String title, List<Symbol> symbols, Instant seenAt) {
        return headlines.repeatedBy(title, symbols, seenAt);
    }

    /**
     * Files a headline and returns the one that it repeats, if any.
     *
     * @param before the headline of the previous day that it repeats, if any
     */
    Optional<NearDuplicate> file(
            HeadlineDayId id,
            ArticleId article,
            String title,
            List<Symbol> symbols,
            Instant seenAt,
            Optional<NearDuplicate> before) {
        Optional<NearDuplicate> repeated = Stream.concat(
                        before.stream(), headlines.repeatedBy(title, symbols, seenAt).stream())
                .max(Comparator.comparingDouble(NearDuplicate::similarity));
        ArticleId original = repeated.map(NearDuplicate::original).orElse(article);
        apply(new HeadlineFiled(id, article, title, symbols, original, seenAt));
        return repeated;
    }

    @EventSourcingHandler
    void on(HeadlineFiled event) {
        aggregateId = event.headlineDay().toString();
        headlines = headlines.after(event);
    }
}
