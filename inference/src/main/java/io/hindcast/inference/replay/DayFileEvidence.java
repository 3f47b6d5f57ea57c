package io.hindcast.inference.replay;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the day files of this machine hold of the days that a differing prediction depends on. A day file is a copy of
 * the log made when the day was first read, so a candle that was changed in the log afterwards differs from it. It is
 * evidence, no proof: the file may have been changed instead.
 */
final class DayFileEvidence {

    private final CandleLog log;
    private final CandleLog withFiles;

    DayFileEvidence(CandleLog log, CandleLog withFiles) {
        this.log = log;
        this.withFiles = withFiles;
    }

    /**
     * A bar according to the day files.
     *
     * @param note the first candle that is another one in the log
     * @param features the features of bars by name; scores of articles have no day files
     */
    record Then(Optional<String> note, Map<String, Double> features) {}

    Then of(Symbol symbol, LoadedModel model, CandleDay day, long openTime) {
        LocalDate from = day.id().day().minusDays(model.features().anchorDays());
        List<CandleDay> filed = new ArrayList<>();
        Optional<String> note = Optional.empty();
        for (LocalDate date : from.datesUntil(day.id().day().plusDays(1)).toList()) {
            MarketDayId id = new MarketDayId(symbol, Interval.ONE_MINUTE, date);
            CandleDay file = withFiles.read(id);
            filed.add(file);
            note = note.or(() -> firstDifference(log.read(id), file));
        }
        return new Then(note, features(filed, openTime));
    }

    private static SortedMap<String, Double> features(List<CandleDay> days, long openTime) {
        FeatureSet set = FeatureSet.priceV1();
        PointInTimeFeatures features = new PointInTimeFeatures(set);
        boolean held = false;
        for (CandleDay day : days) {
            for (int row = 0; row < day.size(); row++) {
                features.record(KnownBar.of(day, row));
                held |= day.openTime(row) == openTime && day.revision(row) == 0;
            }
        }
        SortedMap<String, Double> byName = new TreeMap<>();
        if (held) {
            double[] values = features.at(openTime);
            for (int i = 0; i < values.length; i++) {
                byName.put(set.names().get(i), values[i]);
            }
        }
        return byName;
    }

    private static Optional<String> firstDifference(CandleDay logged, CandleDay filed) {
        for (int row = 0; row < Math.max(logged.size(), filed.size()); row++) {
            if (row >= logged.size() || row >= filed.size()) {
                return Optional.of("the log has " + logged.size() + " candles of " + logged.id() + ", the day file "
                        + filed.size());
            }
            KnownBar inLog = KnownBar.of(logged, row);
            KnownBar inFile = KnownBar.of(filed, row);
            if (!inLog.equals(inFile)) {
                return Optional.of("the candle of " + Instant.ofEpochMilli(logged.openTime(row))
                        + " in the log is not that of the day file: " + inLog.bar() + ", in the file " + inFile.bar());
            }
        }
        return Optional.empty();
    }
}
