package io.hindcast.inference.prediction;

import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.inference.model.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The work that one batch of events brings for one symbol; discarded on rollback. */
final class SymbolEventBatch {
    /** Open times of the bars to predict, in order of arrival. */
    final Set<Long> bars = new LinkedHashSet<>();
    /** Wall time at which each bar's event was stored. */
    final List<Instant> candleTimes = new ArrayList<>();
    /** Open times that each lane predicted in this batch, backfilled ones included. */
    final Map<Lane, List<Long>> predicted = new LinkedHashMap<>();

    /** Scores of articles that may take effect, in order of arrival. */
    final List<ArticleScored> scores = new ArrayList<>();
    /** Scores to take effect, and whether the aggregate accepted each as new. */
    final Map<ApplyScore, Boolean> applied = new LinkedHashMap<>();

    @Nullable LogPosition lastCandleEvent;

    void add(ArticleScored event) {
        if (ScoreEffects.isEligible(event)) {
            scores.add(event);
        }
    }

    void add(long openTime, Instant candleTime) {
        if (bars.add(openTime)) {
            candleTimes.add(candleTime);
        }
    }
}
