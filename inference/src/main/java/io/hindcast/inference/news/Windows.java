package io.hindcast.inference.news;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.history.market.CandleLog;
import io.hindcast.inference.prediction.KnownBars;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.label.ArticleReaction;
import io.hindcast.ml.label.ArticleReactions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Windows after publications on one market, read from the log by the days they touch. Articles that come in order share
 * days.
 */
final class Windows {

    private static final Duration BEFORE = Duration.ofHours(1);

    private final Symbol symbol;
    private final LabelSpec label;
    private final CandleLog candles;

    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable ArticleReactions days;

    Windows(Symbol symbol, LabelSpec label, CandleLog candles) {
        this.symbol = symbol;
        this.label = label;
        this.candles = candles;
    }

    Optional<ArticleReaction> after(Instant published) {
        LocalDate first = dayOf(published.minus(BEFORE));
        LocalDate last = dayOf(published.plus(Interval.ONE_MINUTE.length().multipliedBy(label.horizonBars())));
        ArticleReactions known = days;
        if (known == null || !first.equals(from) || !last.equals(to)) {
            List<KnownBar> bars = new ArrayList<>();
            candles.days(symbol, Interval.ONE_MINUTE, first, last).forEach(day -> {
                for (int row = 0; row < day.size(); row++) {
                    bars.add(KnownBars.of(day, row));
                }
            });
            known = new ArticleReactions(label, bars);
            days = known;
            from = first;
            to = last;
        }
        return known.to(published.toEpochMilli());
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
