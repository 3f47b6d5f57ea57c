package io.hindcast.history.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.history.news.ArticleHistory.Reading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads articles from the log, by identity and by the day on which they were first seen. Thread-safe. */
public final class ArticleLog {

    private final EventStore events;

    public ArticleLog(EventStore events) {
        this.events = events;
    }

    /** Returns an article as of now; empty if the log has nothing of it. */
    public Optional<ArticleHistory> read(ArticleId article) {
        Fold fold = new Fold();
        DomainEventStream stream = events.readEvents(article.toString(), 0);
        while (stream.hasNext()) {
            DomainEventMessage<?> event = stream.next();
            if (NewsEvent.class.isAssignableFrom(event.getPayloadType())) {
                fold.on((NewsEvent) event.getPayload());
            }
            fold.lastSequence = event.getSequenceNumber();
        }
        return fold.result();
    }

    /**
     * Returns the articles first seen on the UTC days {@code from} to {@code to}, both inclusive, in the order in which
     * they were recorded.
     */
    public Stream<ArticleId> firstSeen(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1)).flatMap(day -> firstSeen(day).stream());
    }

    private List<ArticleId> firstSeen(LocalDate day) {
        List<ArticleId> articles = new ArrayList<>();
        DomainEventStream stream = events.readEvents(new HeadlineDayId(day).toString(), 0);
        while (stream.hasNext()) {
            if (stream.next().getPayload() instanceof HeadlineFiled filed) {
                articles.add(filed.articleId());
            }
        }
        return articles;
    }

    private static final class Fold {

        private @Nullable ArticleDiscovered discovered;
        private final SortedMap<Symbol, Instant> symbols = new TreeMap<>();
        private final List<Reading> readings = new ArrayList<>();
        private final List<ArticleScored> scores = new ArrayList<>();
        private long lastSequence = -1;

        void on(NewsEvent event) {
            switch (event) {
                case ArticleDiscovered e -> {
                    discovered = e;
                    e.symbols().forEach(symbol -> symbols.put(symbol, e.firstSeenAt()));
                    read(e.title(), e.summary(), Optional.empty(), e.firstSeenAt());
                }
                case ArticleSymbolsAdded e -> e.symbols().forEach(symbol -> symbols.putIfAbsent(symbol, e.knownAt()));
                case ArticleContentFetched e -> {
                    Reading before = readings.getLast();
                    read(before.title(), before.summary(), Optional.of(e.body()), e.fetchedAt());
                }
                case ArticleRevised e ->
                    read(
                            e.title(),
                            e.summary(),
                            e.body().or(() -> readings.getLast().body()),
                            e.knownAt());
                case ArticleScored e -> scores.add(e);
                case ArticleReactionMeasured _, HeadlineFiled _, ScoreTookEffect _ -> {
                    // Changes neither texts nor scores.
                }
            }
        }

        private void read(String title, String summary, Optional<String> body, Instant knownAt) {
            readings.add(new Reading(readings.size(), title, summary, body, knownAt));
        }

        Optional<ArticleHistory> result() {
            ArticleDiscovered known = discovered;
            return known == null
                    ? Optional.empty()
                    : Optional.of(new ArticleHistory(known, symbols, readings, scores, lastSequence));
        }
    }
}
