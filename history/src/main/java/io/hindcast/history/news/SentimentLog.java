package io.hindcast.history.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** What bars know of the news, read back from the log. Thread-safe. */
public final class SentimentLog {

    private final EventStore events;

    public SentimentLog(EventStore events) {
        this.events = events;
    }

    private record Text(ArticleId article, int reading) {}

    /**
     * The scores that count from a moment of the UTC days {@code from} to {@code to} on, both inclusive, in the order
     * in which they were counted, each text once.
     */
    public List<ScoreTookEffect> days(Symbol symbol, LocalDate from, LocalDate to) {
        List<ScoreTookEffect> counted = new ArrayList<>();
        Set<Text> known = new HashSet<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            DomainEventStream stream = events.readEvents(new SentimentDayId(symbol, day).toString(), 0);
            while (stream.hasNext()) {
                // A text is counted on two days only if two processes took themselves for the one that counts.
                if (stream.next().getPayload() instanceof ScoreTookEffect score
                        && known.add(new Text(score.articleId(), score.reading()))) {
                    counted.add(score);
                }
            }
        }
        return counted;
    }
}
