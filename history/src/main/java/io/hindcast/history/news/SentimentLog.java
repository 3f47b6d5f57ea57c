package io.hindcast.history.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.news.TextId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads from the log the scores of articles that bars see. Thread-safe. */
public final class SentimentLog {

    private final EventStore events;

    public SentimentLog(EventStore events) {
        this.events = events;
    }

    /**
     * Returns the scores that took effect on the UTC days {@code from} to {@code to}, both inclusive, in the order in
     * which they did, each text once.
     */
    public List<ScoreTookEffect> days(Symbol symbol, LocalDate from, LocalDate to) {
        List<ScoreTookEffect> effects = new ArrayList<>();
        Set<TextId> known = new HashSet<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            DomainEventStream stream = events.readEvents(new SentimentDayId(symbol, day).toString(), 0);
            while (stream.hasNext()) {
                // A text is found on two days only if two processes owned the symbol's segment at the same time.
                if (stream.next().getPayload() instanceof ScoreTookEffect effect && known.add(effect.text())) {
                    effects.add(effect);
                }
            }
        }
        return effects;
    }
}
