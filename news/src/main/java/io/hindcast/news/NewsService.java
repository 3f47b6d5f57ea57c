package io.hindcast.news;

import io.hindcast.news.archive.NewsPlayer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the news of a process: the tapes played at market time and the collection from sources. */
public final class NewsService implements SmartLifecycle {

    private final List<NewsPlayer> players;
    private final Optional<NewsCollector> collector;
    private volatile boolean running;

    public NewsService(List<NewsPlayer> players, Optional<NewsCollector> collector) {
        this.players = List.copyOf(players);
        this.collector = collector;
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            players.forEach(NewsPlayer::start);
            collector.ifPresent(NewsCollector::start);
        }
    }

    @Override
    public synchronized void stop() {
        if (running) {
            running = false;
            players.forEach(NewsPlayer::close);
            collector.ifPresent(NewsCollector::close);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the market feed, which goes live only after the news history is recorded. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 101;
    }

    /** Waits until all articles of history are recorded; returns false if that takes longer than {@code timeout}. */
    public boolean awaitHistory(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        for (NewsPlayer player : players) {
            if (!player.awaitHistory(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }
}
