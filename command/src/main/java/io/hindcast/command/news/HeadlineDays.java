package io.hindcast.command.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.NearDuplicate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.modelling.command.Repository;

/**
 * Headlines in days, within the transaction of the article's discovery. Looks at the day before and at the day itself,
 * always in this order, so that two discoveries never wait for each other.
 */
public final class HeadlineDays implements Headlines {

    private final Supplier<Repository<HeadlineDay>> days;
    private final Predicate<HeadlineDayId> held;

    /**
     * @param days asked for at each use: repositories are there only once everything is
     * @param held whether the log has headlines of a day; a repository complains of those that it is asked for in vain
     */
    public HeadlineDays(Supplier<Repository<HeadlineDay>> days, Predicate<HeadlineDayId> held) {
        this.days = days;
        this.held = held;
    }

    /** Those of a configuration, which may not be whole yet. */
    public static HeadlineDays of(Supplier<Configuration> axon) {
        return new HeadlineDays(
                () -> axon.get().repository(HeadlineDay.class),
                day -> axon.get()
                        .eventStore()
                        .lastSequenceNumberFor(day.toString())
                        .isPresent());
    }

    @Override
    public Optional<NearDuplicate> file(ArticleId article, String title, List<Symbol> symbols, Instant seenAt) {
        HeadlineDayId today = HeadlineDayId.holding(seenAt);
        Optional<NearDuplicate> before = repeatedOn(today.before(), title, symbols, seenAt);
        try {
            return days.get().loadOrCreate(today.toString(), HeadlineDay::new).invoke(day -> {
                Optional<NearDuplicate> repeated = Stream.concat(
                                before.stream(), day.repeated(title, symbols, seenAt).stream())
                        .max(Comparator.comparingDouble(NearDuplicate::similarity));
                ArticleId original = repeated.map(NearDuplicate::original).orElse(article);
                day.file(today, article, title, symbols, original, seenAt);
                return repeated;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the headlines of " + today.day() + " cannot be opened", e);
        }
    }

    private Optional<NearDuplicate> repeatedOn(HeadlineDayId id, String title, List<Symbol> symbols, Instant seenAt) {
        return held.test(id)
                ? days.get().load(id.toString()).invoke(day -> day.repeated(title, symbols, seenAt))
                : Optional.empty();
    }
}
