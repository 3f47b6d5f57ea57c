package io.hindcast.command.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.news.TextId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * State of a day's sentiment. Immutable.
 *
 * @param inEffect texts of which a score has taken effect
 */
record SentimentDayState(Set<TextId> inEffect) {

    static final SentimentDayState NONE = new SentimentDayState(Set.of());

    /** Returns the state after a score took effect. */
    SentimentDayState after(ScoreTookEffect event) {
        Set<TextId> all = new HashSet<>(inEffect);
        all.add(event.text());
        return new SentimentDayState(all);
    }

    /**
     * Decides whether a score takes effect. No event follows for a text of which a score is in effect already.
     *
     * @throws RefusedException for a score that cannot be one
     */
    List<ScoreTookEffect> decide(ApplyScore command) {
        check(command);
        if (inEffect.contains(command.text())) {
            return List.of();
        }
        return List.of(new ScoreTookEffect(
                command.sentimentDay(),
                command.articleId(),
                command.reading(),
                command.version(),
                command.firstSeen(),
                command.from(),
                command.value()));
    }

    private static void check(ApplyScore command) {
        SentimentDayId day = command.sentimentDay();
        String of = " of the score of " + command.articleId() + " by " + command.version();
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
}
