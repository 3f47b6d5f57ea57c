package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.Sentiment;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The features of one symbol's bars for one feature set. Kept are the days that new bars need, and one more for late
 * bars of yesterday. The window of an older bar is read from the log. Either way the features are a function of the log
 * as of the moment at which the bar became known, so a restart, a repair or a read ahead changes none of them.
 */
final class FeatureWindow {
    private static final Duration KEPT = Duration.ofDays(1);

    private final FeatureSet set;
    private final Symbol symbol;
    private final FeatureSources log;
    private final PointInTimeFeatures features;
    /** Bars that open before this moment are not complete here. */
    private long completeFrom;
    /** Latest day on which a bar handled here became known. */
    private LocalDate latestDay;

    private @Nullable LocalDate pastDay;
    private @Nullable PointInTimeFeatures past;
    private long pastFrom;

    /**
     * Reads from the log what bars from {@code day} on need.
     *
     * @param today the market's day. If {@code day} is an earlier one, as in a repair, the days in between have been
     *     handled already
     */
    FeatureWindow(FeatureSet set, Symbol symbol, FeatureSources log, LocalDate day, LocalDate today) {
        this.set = set;
        this.symbol = symbol;
        this.log = log;
        LocalDate from = day.minusDays(set.anchorDays() + KEPT.toDays());
        this.completeFrom = midnight(from);
        this.latestDay = today.isAfter(day) ? today : day;
        this.features = read(from, latestDay);
    }

    FeatureSet set() {
        return set;
    }

    /** Adds an event's bars. */
    void add(CandlesRecorded event) {
        for (int row = 0; row < event.candles().size(); row++) {
            Bar bar = Bar.of(event.candles().candle(event.day(), row));
            latestDay = latest(latestDay, UtcDay.of(event.knownAt(row)));
            if (bar.openTime() >= completeFrom) {
                features.record(new KnownBar(
                        bar, event.revision().get(row), event.knownAt(row).toEpochMilli()));
            }
        }
    }

    /** Adds a score that has taken effect. */
    void add(Sentiment.Score score) {
        features.record(score);
    }

    /**
     * Returns the features of the bar that opens at {@code openTime} and of the bars before it, oldest first, as known
     * when that bar became known.
     *
     * @param bars number of bars in all
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

    /** Drops state that only served the bars handled so far, the latest of which opens at {@code openTime}. */
    void forgetBefore(long openTime) {
        past = null;
        pastDay = null;
        long kept = openTime - KEPT.toMillis();
        features.forgetBefore(kept);
        completeFrom = Math.max(completeFrom, midnight(dayOf(kept).minusDays(set.anchorDays())));
    }

    private PointInTimeFeatures read(LocalDate from, LocalDate to) {
        PointInTimeFeatures read = new PointInTimeFeatures(set);
        KnownBarReader.days(log.candles(), symbol, from, to).forEach(read::record);
        if (set.readsNews()) {
            // A bar may have become known long after it opened, and is scored with the news known at that moment.
            log.sentiment()
                    .days(symbol, from.minusDays(Sentiment.WINDOW.toDays() + 1), latestDay.plusDays(1))
                    .forEach(effect -> read.record(effect.score()));
        }
        return read;
    }

    private static LocalDate latest(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate dayOf(long openTime) {
        return UtcDay.of(Instant.ofEpochMilli(openTime));
    }

    private static long midnight(LocalDate day) {
        return UtcDay.start(day).toEpochMilli();
    }
}
