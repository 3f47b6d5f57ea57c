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

/** Metrics and outages of the news, by channel. Thread-safe. */
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

    /** Returns the name of a channel among the outages. */
    public static String part(String channel) {
        return "news from " + channel;
    }

    /** Returns when a channel was last read to its end. */
    public Optional<Instant> lastSuccess(String channel) {
        return Optional.ofNullable(lastSuccess.get(channel));
    }

    /**
     * Counts an article that was sent.
     *
     * @param outcome outcome of the command
     */
    public void article(String channel, String outcome) {
        count("hindcast.news.articles", "Articles found, by outcome", channel, "outcome", outcome);
    }

    /** Counts and reports an article that was refused. */
    public void refused(String channel, String reason) {
        article(channel, "REFUSED");
        outages.lost(
                part(channel),
                "An article was refused and is left out: " + reason,
                "Nothing has to be done for the others; correct the article where it comes from, if it is yours.");
    }

    /** Counts a page or feed that could not be fetched. */
    public void failure(String channel, String reason) {
        count(
                "hindcast.news.failures",
                "Pages and feeds that could not be fetched, by reason",
                channel,
                "reason",
                reason);
    }

    /** Counts a page or feed that is not built as expected. */
    public void unrecognised(String channel) {
        count("hindcast.news.unrecognised", "Pages and feeds that were not understood", channel, "kind", "structure");
    }

    /** Counts a source that was left at a limit. */
    public void limited(String channel) {
        count(
                "hindcast.news.limited",
                "Sources that were left at a limit though they may have more",
                channel,
                "kind",
                "limit");
    }

    /** Reports that a channel cannot be read completely, until {@link #over}. */
    void degraded(String channel, String problem, String remedy) {
        outages.degraded(part(channel), problem, remedy);
    }

    void over(String channel) {
        outages.over(part(channel));
    }

    /** Reports something that a channel lost for good. */
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
