package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.history.market.CandleLog;
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
 * The features of one symbol's bars, kept for the days that new bars need and one day more, which late bars of yesterday
 * need. For a bar further back its window is read from the log. Either way the features are a function of what the log
 * holds about the moment the bar became known, so a restart, a repair or reading ahead changes none of them.
 */
final class FeatureWindow {
    private static final Duration KEPT = Duration.ofDays(1);

    private final FeatureSet set;
    private final Symbol symbol;
    private final CandleLog log;
    private final PointInTimeFeatures features;
    /** Bars that open before this are not complete here. */
    private long completeFrom;

    private @Nullable LocalDate pastDay;
    private @Nullable PointInTimeFeatures past;
    private long pastFrom;

    /**
     * Reads from the log what bars from {@code day} on need.
     *
     * @param today the market's day: if {@code day} is an earlier one, as with a repair, the days between have been handled already
     */
    FeatureWindow(FeatureSet set, Symbol symbol, CandleLog log, LocalDate day, LocalDate today) {
        this.set = set;
        this.symbol = symbol;
        this.log = log;
        LocalDate from = day.minusDays(set.anchorDays() + KEPT.toDays());
        this.completeFrom = midnight(from);
        this.features = read(from, today.isAfter(day) ? today : day);
    }

    FeatureSet set() {
        return set;
    }

    /** Takes note of an event's bars. */
    void record(CandlesRecorded event) {
        for (int row = 0; row < event.candles().size(); row++) {
            Bar bar = Bar.of(event.candles().candle(event.day(), row));
            if (bar.openTime() >= completeFrom) {
                features.record(new KnownBar(
                        bar, event.revision().get(row), event.knownAt(row).toEpochMilli()));
            }
        }
    }

    /**
     * The features of the bar that opens at this time and of those before it, so many bars in all, oldest first, as far as they were
     * known when it was.
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
        return read;
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
