package io.hindcast.inference.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleId;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.inference.model.LaneGround;
import io.hindcast.inference.model.LaneLoader;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the lanes that read articles on a thread of their own, because a large model takes longer for one article than a
 * candle may wait. Articles that are forgotten when a process ends, or that find the queue full, are found again by the
 * lanes in the log.
 */
public final class ArticleFollower implements SmartLifecycle {

    private static final String BACKLOG = "articles waiting to be read";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ArticleLanes lanes;
    private final LaneLoader loader;
    private final SupervisedLoop loop;
    private final Outages outages;
    private final int waiting;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All guarded by the lock.
    private final Set<ArticleId> articles = new LinkedHashSet<>();
    private final Set<Symbol> changedModels = new TreeSet<>();
    private final Map<Symbol, LogPosition> candles = new TreeMap<>();
    private final Set<Symbol> waitForCandles = new TreeSet<>();
    private final Set<Symbol> known = new TreeSet<>();
    /** Whether articles found the queue full since lanes last began to look through the log for them. */
    private boolean overflowed;

    /** Belongs to the loop's thread: whether lanes may have something to read that nobody told of. */
    private boolean behind = true;

    public ArticleFollower(LaneGround ground, ArticleLog articles) {
        outages = ground.outages();
        waiting = ground.settings().waitingArticles();
        loader = ground.loader("article lane loader", 1);
        lanes = new ArticleLanes(
                symbol -> ground.lanes(symbol, List.of(ModelFamily.TRL), loader),
                articles,
                ground,
                this::modelsChanged);
        loop = new SupervisedLoop(
                "article reader",
                "Nothing has to be done, it is tried again; articles wait in the log, candles are predicted meanwhile.",
                ground.loops(),
                this::turn,
                this::end);
    }

    /** Lanes join and leave after a candle event; other times they do not matter here. */
    void candlesRecorded(Symbol symbol, LogPosition position) {
        lock.lock();
        try {
            candles.put(symbol, position);
            if (known.add(symbol)) {
                changedModels.add(symbol);
                changed.signal();
            } else if (waitForCandles.contains(symbol)) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Versions of a symbol that read articles came, joined, left or went. */
    void modelsChanged(Symbol symbol) {
        lock.lock();
        try {
            known.add(symbol);
            changedModels.add(symbol);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** There is an article with something that lanes may not have read. */
    void read(ArticleId article) {
        lock.lock();
        try {
            if (articles.size() < waiting || articles.contains(article)) {
                articles.add(article);
                changed.signal();
            } else if (!overflowed) {
                overflowed = true;
                outages.degraded(
                        BACKLOG,
                        "More than " + waiting + " articles wait to be read",
                        "Nothing has to be done: those that found no room are looked for in the log and read later.");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        lock.lock();
        try {
            changedModels.addAll(known);
        } finally {
            lock.unlock();
        }
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop(PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException, ExecutionException, TimeoutException {
        Task task = next(behind);
        if (task != null) {
            boolean done = false;
            try {
                perform(task);
                done = true;
            } finally {
                if (!done) {
                    again(task);
                }
            }
            behind = true;
        } else {
            findOverflowed();
            behind = lanes.makeUp();
        }
    }

    /** Once the queue is empty: lanes look in the log for what found it full. */
    private void findOverflowed() {
        lock.lock();
        try {
            if (overflowed) {
                lanes.lookThroughTheLog();
                overflowed = false;
                outages.over(BACKLOG);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lanes.close();
        loader.close();
        behind = true;
        outages.over(BACKLOG);
    }

    /** What there is to do: exactly one of the three. */
    private record Task(
            @Nullable Symbol models,
            @Nullable ArticleId article,
            @Nullable Symbol candles,
            @Nullable LogPosition cut) {}

    /** The next task; null if there is none and lanes may be behind. Waits if they are not. */
    private @Nullable Task next(boolean behind) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Task task = poll();
                if (task != null || behind) {
                    return task;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task poll() {
        if (!changedModels.isEmpty()) {
            Symbol symbol = changedModels.iterator().next();
            changedModels.remove(symbol);
            return new Task(symbol, null, null, null);
        }
        if (!articles.isEmpty()) {
            Iterator<ArticleId> first = articles.iterator();
            ArticleId article = first.next();
            first.remove();
            return new Task(null, article, null, null);
        }
        for (Symbol symbol : waitForCandles) {
            LogPosition cut = candles.remove(symbol);
            if (cut != null) {
                return new Task(null, null, symbol, cut);
            }
        }
        return null;
    }

    private void perform(Task task) throws InterruptedException, ExecutionException, TimeoutException {
        if (task.models() != null) {
            lanes.reconcile(task.models());
            settle(task.models());
        } else if (task.article() != null) {
            lanes.read(task.article());
        } else if (task.candles() != null && task.cut() != null) {
            lanes.shift(task.candles(), task.cut());
            settle(task.candles());
        }
    }

    private void settle(Symbol symbol) {
        boolean unsettled = lanes.isUnsettled(symbol);
        lock.lock();
        try {
            if (unsettled) {
                waitForCandles.add(symbol);
            } else {
                waitForCandles.remove(symbol);
            }
        } finally {
            lock.unlock();
        }
    }

    private void again(Task task) {
        lock.lock();
        try {
            if (task.models() != null) {
                changedModels.add(task.models());
            } else if (task.article() != null) {
                articles.add(task.article());
            } else if (task.candles() != null && task.cut() != null) {
                // Whether a lane joined may be unknown: the log says.
                changedModels.add(task.candles());
                candles.putIfAbsent(task.candles(), task.cut());
            }
        } finally {
            lock.unlock();
        }
    }
}
