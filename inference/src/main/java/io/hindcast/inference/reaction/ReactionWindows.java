package io.hindcast.inference.reaction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.history.market.CandleLog;
import io.hindcast.inference.prediction.KnownBarReader;
import io.hindcast.ml.label.ArticleReaction;
import io.hindcast.ml.label.ArticleReactions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes a market's reactions from the bars in the log. The days read last are kept, because consecutive articles
 * share them.
 */
final class ReactionWindows {

    /** Time before a publication within which its base price is looked for. */
    private static final Duration BASE_LOOKBACK = Duration.ofHours(1);

    private final Symbol symbol;
    private final LabelSpec label;
    private final CandleLog candles;

    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable ArticleReactions days;

    ReactionWindows(Symbol symbol, LabelSpec label, CandleLog candles) {
        this.symbol = symbol;
        this.label = label;
        this.candles = candles;
    }

    /** Returns the reaction to a publication, or empty if too many bars are missing. */
    Optional<ArticleReaction> after(Instant published) {
        LocalDate first = UtcDay.of(published.minus(BASE_LOOKBACK));
        LocalDate last = UtcDay.of(published.plus(Interval.ONE_MINUTE.length().multipliedBy(label.horizonBars())));
        ArticleReactions known = days;
        if (known == null || !first.equals(from) || !last.equals(to)) {
            known = new ArticleReactions(
                    label, KnownBarReader.days(candles, symbol, first, last).toList());
            days = known;
            from = first;
            to = last;
        }
        return known.to(published.toEpochMilli());
    }
}
