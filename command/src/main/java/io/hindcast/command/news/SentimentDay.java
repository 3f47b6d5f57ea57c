package io.hindcast.command.news;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What one symbol's bars came to know of the news on one UTC day. A text that counts stays as it was counted first,
 * whoever says what of it later: bars were scored with it.
 */
public class SentimentDay {

    private record Text(ArticleId article, int reading) {}

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private final Set<Text> counted = new HashSet<>();

    /** For Axon. */
    public SentimentDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ApplyScore command) {
        check(command);
        if (counted.contains(new Text(command.articleId(), command.reading()))) {
            return false;
        }
        apply(new ScoreTookEffect(
                command.sentimentDay(),
                command.articleId(),
                command.reading(),
                command.version(),
                command.firstSeen(),
                command.from(),
                command.value()));
        return true;
    }

    private static void check(ApplyScore command) {
        SentimentDayId day = command.sentimentDay();
        String of = " of what " + command.version() + " said of " + command.articleId();
        if (!SentimentDayId.holding(day.symbol(), command.from()).equals(day)) {
            throw RefusedException.of("OTHER_DAY", "from" + of, command.from(), "a moment of " + day.day());
        }
        if (!command.version().model().symbol().equals(day.symbol())
                || command.version().model().family() != ModelFamily.TRL) {
            throw RefusedException.of(
                    "BAD_VERSION", "version" + of, command.version(), "one that reads articles about " + day.symbol());
        }
        if (command.reading() < 0) {
            throw RefusedException.of("BAD_READING", "reading" + of, command.reading(), "0 or more");
        }
        if (!(command.value() >= -1 && command.value() <= 1)) {
            throw RefusedException.of("BAD_SCORE", "value" + of, command.value(), "−1 to 1");
        }
        if (command.firstSeen().isAfter(command.from())) {
            throw RefusedException.of(
                    "EFFECT_BEFORE_SEEN",
                    "from" + of,
                    command.from(),
                    "when it was first seen, " + command.firstSeen() + ", or later");
        }
    }

    @EventSourcingHandler
    void on(ScoreTookEffect event) {
        aggregateId = event.sentimentDay().toString();
        counted.add(new Text(event.articleId(), event.reading()));
    }
}
