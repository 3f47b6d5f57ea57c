package io.hindcast.command.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.NearDuplicate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.config.Configuration;
import org.axonframework.modelling.command.Repository;

/**
 * Files headlines by UTC day, within the transaction of the article's discovery. The previous day is locked before the
 * day itself, always in this order, so that two discoveries cannot deadlock.
 */
public final class HeadlineDays implements Headlines {

    private final Supplier<Repository<HeadlineDay>> days;
    private final Predicate<HeadlineDayId> held;

    /**
     * @param days evaluated at each use, because repositories exist only once Axon is fully configured
     * @param held whether the log has headlines of a day; loading a day without any would fail
     */
    public HeadlineDays(Supplier<Repository<HeadlineDay>> days, Predicate<HeadlineDayId> held) {
        this.days = days;
        this.held = held;
    }

    /** Returns the headlines of a configuration, which need not be complete yet. */
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
            return days.get()
                    .loadOrCreate(today.toString(), HeadlineDay::new)
                    .invoke(day -> day.file(today, article, title, symbols, seenAt, before));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the headlines of " + today.day() + " cannot be opened", e);
        }
    }

    private Optional<NearDuplicate> repeatedOn(HeadlineDayId id, String title, List<Symbol> symbols, Instant seenAt) {
        return held.test(id)
                ? days.get().load(id.toString()).invoke(day -> day.repeatedBy(title, symbols, seenAt))
                : Optional.empty();
    }
}
