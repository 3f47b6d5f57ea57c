package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.Sentiment;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The features of one symbol's bars, kept for the days that new bars need and one day more, which late bars of
 * yesterday need. For a bar further back its window is read from the log. Either way the features are a function of
 * what the log holds about the moment the bar became known, so a restart, a repair or reading ahead changes none of
 * them.
 */
final class FeatureWindow {
    private static final Duration KEPT = Duration.ofDays(1);

    private final FeatureSet set;
    private final Symbol symbol;
    private final CandleLog log;
    private final SentimentLog sentiment;
    private final PointInTimeFeatures features;
    /** Bars that open before this are not complete here. */
    private long completeFrom;
    /** Of what was handled here. */
    private LocalDate latestDay;

    private @Nullable LocalDate pastDay;
    private @Nullable PointInTimeFeatures past;
    private long pastFrom;

    /**
     * Reads from the log what bars from {@code day} on need.
     *
     * @param today the market's day: if {@code day} is an earlier one, as with a repair, the days between have been
     *     handled already
     */
    FeatureWindow(
            FeatureSet set, Symbol symbol, CandleLog log, SentimentLog sentiment, LocalDate day, LocalDate today) {
        this.set = set;
        this.symbol = symbol;
        this.log = log;
        this.sentiment = sentiment;
        LocalDate from = day.minusDays(set.anchorDays() + KEPT.toDays());
        this.completeFrom = midnight(from);
        this.latestDay = today.isAfter(day) ? today : day;
        this.features = read(from, latestDay);
    }

    FeatureSet set() {
        return set;
    }

    /** Takes note of an event's bars. */
    void record(CandlesRecorded event) {
        for (int row = 0; row < event.candles().size(); row++) {
            Bar bar = Bar.of(event.candles().candle(event.day(), row));
            latestDay = latest(latestDay, dayOf(event.knownAt(row).toEpochMilli()));
            if (bar.openTime() >= completeFrom) {
                features.record(new KnownBar(
                        bar, event.revision().get(row), event.knownAt(row).toEpochMilli()));
            }
        }
    }

    /** Takes note of a score that counts. */
    void record(Sentiment.Score score) {
        features.record(score);
    }

    /**
     * The features of the bar that opens at this time and of those before it, so many bars in all, oldest first, as far
     * as they were known when it was.
     */
    double[] at(long openTime, int bars) {
        LocalDate from =
                dayOf(openTime - (bars - 1L) * Interval.ONE_MINUTE.millis()).minusDays(set.anchorDays());
        if (midnight(from) >= completeFrom) {
            return features.window(openTime, bars);
        }
        LocalDate day = dayOf(openTime);
        if (past == null || !day.equals(pastDay) || midnight(from) < pastFrom) {
            past = read(from, day);
            pastDay = day;
            pastFrom = midnight(from);
        }
        return past.window(openTime, bars);
    }

    /** Lets go of what only served the bars handled so far, the latest of which opens at {@code openTime}. */
    void forget(long openTime) {
        past = null;
        pastDay = null;
        long kept = openTime - KEPT.toMillis();
        features.forgetBefore(kept);
        completeFrom = Math.max(completeFrom, midnight(dayOf(kept).minusDays(set.anchorDays())));
    }

    private PointInTimeFeatures read(LocalDate from, LocalDate to) {
        PointInTimeFeatures read = new PointInTimeFeatures(set);
        log.days(symbol, Interval.ONE_MINUTE, from, to).forEach(day -> {
            for (int row = 0; row < day.size(); row++) {
                read.record(KnownBars.of(day, row));
            }
        });
        if (set.readsNews()) {
            // A bar may have become known long after it opened: with what was known then.
            sentiment
                    .days(symbol, from.minusDays(Sentiment.WINDOW.toDays() + 1), latestDay.plusDays(1))
                    .forEach(counted -> read.record(counted.score()));
        }
        return read;
    }

    private static LocalDate latest(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    static LocalDate dayOf(long openTime) {
        return Instant.ofEpochMilli(openTime).atZone(ZoneOffset.UTC).toLocalDate();
    }

    static MarketDayId marketDay(Symbol symbol, long openTime) {
        return new MarketDayId(symbol, Interval.ONE_MINUTE, dayOf(openTime));
    }

    private static long midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
