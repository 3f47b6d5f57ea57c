package io.hindcast.inference.article;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ArticleId;
import io.hindcast.runtime.Outages;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that events and model loaders leave for the thread that scores articles. Bounded: articles that find the queue
 * full are dropped, and the drop is remembered so that lanes look for them in the log. Thread-safe.
 */
final class ArticleTasks {

    private static final String OVERFLOW = "articles waiting to be read";

    /** One piece of work. */
    sealed interface Task {}

    /** The versions of a symbol, or their models, have changed. */
    record LanesChanged(Symbol symbol) implements Task {}

    /** An article has a text or a symbol that lanes may not have scored. */
    record ArticleChanged(ArticleId article) implements Task {}

    /** Candles up to this event have been handled, so lanes may join and leave. */
    record CandlesHandled(Symbol symbol, LogPosition position) implements Task {}

    private final int limit;
    private final Outages outages;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    // All guarded by the lock.
    private final Set<ArticleId> articles = new LinkedHashSet<>();
    private final Set<Symbol> lanesChanged = new TreeSet<>();
    private final Map<Symbol, LogPosition> latestCandles = new TreeMap<>();
    private final Set<Symbol> awaitingCandles = new TreeSet<>();
    private final Set<Symbol> known = new TreeSet<>();
    private boolean overflowed;

    /** @param limit most articles that wait */
    ArticleTasks(int limit, Outages outages) {
        this.limit = limit;
        this.outages = outages;
    }

    /** Adds a task for a symbol whose candles are awaited; otherwise only remembers the position. */
    void candlesHandled(Symbol symbol, LogPosition position) {
        lock.lock();
        try {
            latestCandles.put(symbol, position);
            if (known.add(symbol)) {
                lanesChanged.add(symbol);
                added.signal();
            } else if (awaitingCandles.contains(symbol)) {
                added.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void lanesChanged(Symbol symbol) {
        lock.lock();
        try {
            known.add(symbol);
            lanesChanged.add(symbol);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    void articleChanged(ArticleId article) {
        lock.lock();
        try {
            if (articles.size() < limit || articles.contains(article)) {
                articles.add(article);
                added.signal();
            } else if (!overflowed) {
                overflowed = true;
                outages.degraded(
                        OVERFLOW,
                        "More than " + limit + " articles wait to be read",
                        "No action is needed: further ones are found in the log and read later.");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds a task for every known symbol, for a new run of the loop. */
    void allLanesChanged() {
        lock.lock();
        try {
            lanesChanged.addAll(known);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets whether a symbol's lanes await the next candle event.
     *
     * @param waiting whether a lane is loading, joining or leaving
     */
    void awaitCandles(Symbol symbol, boolean waiting) {
        lock.lock();
        try {
            if (waiting) {
                awaitingCandles.add(symbol);
            } else {
                awaitingCandles.remove(symbol);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether articles were dropped since the previous call, and ends the outage. */
    boolean takeOverflow() {
        lock.lock();
        try {
            boolean taken = overflowed;
            if (taken) {
                overflowed = false;
                outages.over(OVERFLOW);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the outage at the end of a run; what was dropped stays remembered. */
    void endOutage() {
        outages.over(OVERFLOW);
    }

    /** Returns the next task, or null if there is none and {@code wait} is false. */
    @Nullable Task next(boolean wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Task task = poll();
                if (task != null || !wait) {
                    return task;
                }
                added.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task poll() {
        if (!lanesChanged.isEmpty()) {
            return new LanesChanged(removeFirst(lanesChanged));
        }
        if (!articles.isEmpty()) {
            return new ArticleChanged(removeFirst(articles));
        }
        for (Symbol symbol : awaitingCandles) {
            LogPosition position = latestCandles.remove(symbol);
            if (position != null) {
                return new CandlesHandled(symbol, position);
            }
        }
        return null;
    }

    private static <T> T removeFirst(Set<T> set) {
        Iterator<T> iterator = set.iterator();
        T first = iterator.next();
        iterator.remove();
        return first;
    }

    /** Adds a task that failed again. */
    void retry(Task task) {
        lock.lock();
        try {
            switch (task) {
                case LanesChanged(Symbol symbol) -> lanesChanged.add(symbol);
                case ArticleChanged(ArticleId article) -> articles.add(article);
                case CandlesHandled(Symbol symbol, LogPosition position) -> {
                    // Whether a lane has joined may be unknown: its state is read from the log.
                    lanesChanged.add(symbol);
                    latestCandles.putIfAbsent(symbol, position);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
