package io.hindcast.inference.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleId;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.LaneRegistry;
import io.hindcast.inference.model.LaneLoader;
import io.hindcast.inference.model.SymbolLanes;
import java.time.Duration;
import java.time.InstantSource;
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
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the lanes that read articles on a thread of their own, because a large model takes longer for one article than a candle may wait.
 * What is forgotten when a process ends is found again by the lanes.
 */
public final class ArticleFollower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ArticleFollower.class);

    /** Articles that wait at most; of more the lanes find out by themselves when they make up for what they have not read. */
    private static final int WAITING = 10_000;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ArticleLanes lanes;
    private final LaneLoader loader;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All guarded by the lock.
    private final Set<ArticleId> articles = new LinkedHashSet<>();
    private final Set<Symbol> changedModels = new TreeSet<>();
    private final Map<Symbol, LogPosition> candles = new TreeMap<>();
    private final Set<Symbol> waitForCandles = new TreeSet<>();
    private final Set<Symbol> known = new TreeSet<>();

    private volatile @Nullable Thread thread;

    public ArticleFollower(
            ArticleLog articles,
            ModelLog models,
            ArtifactStore artifacts,
            CommandGateway commands,
            InstantSource marketClock,
            InferenceProperties settings,
            LaneRegistry registry) {
        loader = new LaneLoader(artifacts, commands, marketClock, 1, settings.retryPause());
        lanes = new ArticleLanes(
                symbol -> new SymbolLanes(
                        symbol,
                        List.of(ModelFamily.TRL),
                        models,
                        loader,
                        commands,
                        marketClock,
                        settings.commandTimeout(),
                        settings.missedBars(),
                        registry),
                articles,
                commands,
                marketClock,
                settings.articlesBack());
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
            if (articles.size() < WAITING) {
                articles.add(article);
                changed.signal();
            } else {
                log.warn(
                        "{} waits to be read with too many others; it is read when lanes make up for articles",
                        article);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("article-lanes").start(this::work);
        }
    }

    @Override
    public synchronized void stop() {
        Thread working = thread;
        thread = null;
        if (working != null) {
            working.interrupt();
            try {
                working.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        boolean behind = true;
        while (thread == Thread.currentThread()) {
            Task task = null;
            try {
                task = next(behind);
                if (task != null) {
                    perform(task);
                    behind = true;
                } else {
                    behind = lanes.makeUp();
                }
                pause = FIRST_PAUSE;
            } catch (InterruptedException e) {
                break;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                log.warn("Articles cannot be read now, trying again in {}: {}", pause, e.toString());
                if (task != null) {
                    again(task);
                }
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    break;
                }
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        }
        lanes.close();
        loader.close();
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
