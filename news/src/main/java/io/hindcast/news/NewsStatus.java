package io.hindcast.news;

import io.hindcast.runtime.Outages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what news are collected, and reports what is not. Thread-safe. */
public final class NewsStatus {

    private final MeterRegistry meters;
    private final InstantSource marketClock;
    private final Outages outages;
    private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();

    public NewsStatus(MeterRegistry meters, InstantSource marketClock, Outages outages) {
        this.meters = meters;
        this.marketClock = marketClock;
        this.outages = outages;
    }

    /** Name of a channel among the outages. */
    public static String part(String channel) {
        return "news from " + channel;
    }

    /** When a channel was last read to its end. */
    public Optional<Instant> lastSuccess(String channel) {
        return Optional.ofNullable(lastSuccess.get(channel));
    }

    /** Counts an article that was handed on; {@code outcome} is what became of it. */
    public void article(String channel, String outcome) {
        count("hindcast.news.articles", "Articles found, by what became of them", channel, "outcome", outcome);
    }

    /** Counts and reports an article that was refused. */
    public void refused(String channel, String why) {
        article(channel, "REFUSED");
        outages.lost(
                part(channel),
                "An article was refused and is left out: " + why,
                "Nothing has to be done for the others; correct the article where it comes from, if it is yours.");
    }

    /** Counts a page or feed that could not be had. */
    public void failure(String channel, String reason) {
        count("hindcast.news.failures", "Pages and feeds that could not be had, by reason", channel, "reason", reason);
    }

    /** Counts a page or feed that is built in a way that is not known. */
    public void unrecognised(String channel) {
        count("hindcast.news.unrecognised", "Pages and feeds that were not understood", channel, "kind", "structure");
    }

    /** Counts a source left at a limit of ours. */
    public void limited(String channel) {
        count("hindcast.news.limited", "Sources left at a limit though they may have more", channel, "kind", "limit");
    }

    /** Reports that a channel cannot be read, or not whole, until it is {@link #over}. */
    void degraded(String channel, String problem, String remedy) {
        outages.degraded(part(channel), problem, remedy);
    }

    void over(String channel) {
        outages.over(part(channel));
    }

    /** Reports something about a channel that is given up for good. */
    void lost(String channel, String problem, String remedy) {
        outages.lost(part(channel), problem, remedy);
    }

    void succeeded(String channel, Instant at) {
        if (lastSuccess.put(channel, at) == null) {
            Gauge.builder("hindcast.news.age", () -> age(channel))
                    .description("Time since a channel was last read to its end")
                    .baseUnit("seconds")
                    .tag("channel", channel)
                    .register(meters);
        }
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
