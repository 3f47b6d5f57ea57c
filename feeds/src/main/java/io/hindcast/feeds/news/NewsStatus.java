package io.hindcast.feeds.news;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How the collection of news is: for health, metrics and people. Thread-safe. */
public final class NewsStatus {

    private final MeterRegistry meters;
    private final InstantSource marketClock;
    private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Map<String, String> needs = new ConcurrentHashMap<>();

    public NewsStatus(MeterRegistry meters, InstantSource marketClock) {
        this.meters = meters;
        this.marketClock = marketClock;
    }

    /** What keeps a channel from working, if anything does. */
    public Optional<String> problem(String channel) {
        return Optional.ofNullable(problems.get(channel));
    }

    /** What a person must do before channels can work, by channel. */
    public Map<String, String> needs() {
        return Map.copyOf(needs);
    }

    /** When a channel was last read to its end. */
    public Optional<Instant> lastSuccess(String channel) {
        return Optional.ofNullable(lastSuccess.get(channel));
    }

    /** An article was handed on; {@code outcome} is what became of it. */
    public void article(String channel, String outcome) {
        count("hindcast.news.articles", "Articles found, by what became of them", channel, "outcome", outcome);
    }

    /** A page or feed could not be had. */
    public void failure(String channel, String reason) {
        count("hindcast.news.failures", "Pages and feeds that could not be had, by reason", channel, "reason", reason);
    }

    /** A page or feed is built in a way that is not known. */
    public void unrecognised(String channel) {
        count("hindcast.news.unrecognised", "Pages and feeds that were not understood", channel, "kind", "structure");
    }

    /** A source was left at a limit of ours. */
    public void limited(String channel) {
        count("hindcast.news.limited", "Sources left at a limit though they may have more", channel, "kind", "limit");
    }

    void succeeded(String channel, Instant at) {
        problems.remove(channel);
        if (lastSuccess.put(channel, at) == null) {
            Gauge.builder("hindcast.news.age", () -> age(channel))
                    .description("Time since a channel was last read to its end")
                    .baseUnit("seconds")
                    .tag("channel", channel)
                    .register(meters);
        }
    }

    void needs(String channel, String whatToDo) {
        needs.put(channel, whatToDo);
        problem(channel, whatToDo);
    }

    void needsNothing(String channel) {
        needs.remove(channel);
    }

    void problem(String channel, String what) {
        problems.put(channel, what);
    }

    private double age(String channel) {
        Instant last = lastSuccess.get(channel);
        return last == null
                ? Double.NaN
                : Duration.between(last, marketClock.instant()).toMillis() / 1000.0;
    }

    private void count(String name, String description, String channel, String tag, String value) {
        Counter.builder(name)
                .description(description)
                .tag("channel", channel)
                .tag(tag, value)
                .register(meters)
                .increment();
    }
}
