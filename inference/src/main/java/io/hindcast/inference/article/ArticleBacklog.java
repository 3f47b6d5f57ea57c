package io.hindcast.inference.article;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LaneContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The articles that each version still has to look at, because it is new or its model was not loaded when they arrived.
 * They are listed from the log by the day on which they were first seen, and scored a few at a time while there is
 * nothing newer to do. Owned by the thread that scores articles.
 */
final class ArticleBacklog {

    private static final Logger log = LoggerFactory.getLogger(ArticleBacklog.class);

    /** Articles scored before looking for newer work. */
    private static final int AT_ONCE = 20;

    private final ArticleLog articles;
    private final InstantSource marketClock;
    private final Duration lookback;
    /** Remaining articles of each version that may be behind; null until they have been listed. */
    private final Map<VersionId, @Nullable Deque<ArticleId>> behind = new TreeMap<>();

    private final Set<VersionId> upToDate = new HashSet<>();

    ArticleBacklog(LaneContext context, ArticleLog articles) {
        this.articles = articles;
        this.marketClock = context.marketClock();
        this.lookback = context.settings().articles().lookback();
    }

    /** Adds the versions of a symbol that began to score, and removes those that no longer do. */
    void sync(Symbol symbol, Collection<Lane> lanes) {
        Set<VersionId> scoring = new HashSet<>();
        for (Lane lane : lanes) {
            if (lane.predicts()) {
                scoring.add(lane.id());
                if (!upToDate.contains(lane.id()) && !behind.containsKey(lane.id())) {
                    behind.put(lane.id(), null);
                }
            }
        }
        behind.keySet().removeIf(version -> isOf(symbol, version) && !scoring.contains(version));
        upToDate.removeIf(version -> isOf(symbol, version) && !scoring.contains(version));
    }

    private static boolean isOf(Symbol symbol, VersionId version) {
        return version.model().symbol().equals(symbol);
    }

    /** Lets every version look through the log again. */
    void rescanAll() {
        upToDate.forEach(version -> behind.put(version, null));
        behind.replaceAll((version, left) -> null);
        upToDate.clear();
    }

    /** Lets a version look through the log again, because it misses what arrives while its model is not loaded. */
    void rescan(VersionId version) {
        upToDate.remove(version);
        behind.put(version, null);
    }

    /** Adds an article that a version has to try again. */
    void retry(VersionId version, ArticleId article) {
        if (upToDate.remove(version)) {
            behind.put(version, new ArrayDeque<>());
        }
        Deque<ArticleId> left = behind.get(version);
        if (left != null) {
            left.addLast(article);
        }
    }

    void clear() {
        behind.clear();
        upToDate.clear();
    }

    /** Has some articles scored by one version; returns false if there is nothing left that can be scored now. */
    boolean scoreSome(ArticleLanes lanes, ArticleScorer scorer)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (VersionId version : List.copyOf(behind.keySet())) {
            Optional<Lane> lane = lanes.of(version);
            if (lane.isPresent() && lane.get().model() != null) {
                scoreSome(lane.get(), scorer);
                return true;
            }
        }
        return false;
    }

    private void scoreSome(Lane lane, ArticleScorer scorer)
            throws InterruptedException, ExecutionException, TimeoutException {
        VersionId version = lane.id();
        Symbol symbol = version.model().symbol();
        Deque<ArticleId> left = behind.get(version);
        if (left == null) {
            LocalDate today = UtcDay.of(marketClock.instant());
            left = new ArrayDeque<>(articles.firstSeen(today.minusDays(lookback.toDays()), today)
                    .toList());
            behind.put(version, left);
        }
        for (int i = 0; i < AT_ONCE && !left.isEmpty() && lane.model() != null; i++) {
            ArticleId id = left.removeFirst();
            boolean done = false;
            try {
                scorer.score(id, article -> article.symbols().containsKey(symbol) ? List.of(lane) : List.of());
                done = true;
            } finally {
                if (!done) {
                    // After the others: it may be the only one that cannot be scored.
                    left.addLast(id);
                }
            }
        }
        // Not if scoring an article called for another look through the log.
        if (left.isEmpty() && left.equals(behind.get(version))) {
            behind.remove(version);
            upToDate.add(version);
            log.info("{} has scored all articles of the last {} days", version, lookback.toDays());
        }
    }
}
