package io.hindcast.inference.prediction;

import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.inference.model.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one batch of events brings for one symbol; nothing of it outlives a rollback. */
final class SymbolBatch {
    /** Open times of the bars to predict, in the order in which they came. */
    final Set<Long> bars = new LinkedHashSet<>();
    /** For each of them when its event was stored, wall time. */
    final List<Instant> candleTimes = new ArrayList<>();
    /** What each lane makes up for in this batch. */
    final Map<Lane, List<Long>> madeUpFor = new LinkedHashMap<>();

    /** What versions read and said in time, in the order in which it came. */
    final List<ArticleScored> read = new ArrayList<>();
    /** What of it later bars are to know, and whether it was not counted before. */
    final Map<ApplyScore, Boolean> counted = new LinkedHashMap<>();

    @Nullable LogPosition lastCandleEvent;

    /** What is said afterwards, of what was known before a version was trained, adds nothing to what bars know. */
    void add(ArticleScored event) {
        if (event.origin() != PredictionOrigin.RECONCILED) {
            read.add(event);
        }
    }

    void add(long openTime, Instant candleTime) {
        if (bars.add(openTime)) {
            candleTimes.add(candleTime);
        }
    }
}
