package io.hindcast.feeds;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.feeds.market.FeedSettings;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.RetryPolicy;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the market feed, and the only place of its defaults, configurable or not.
 *
 * @param symbols symbols to follow; without any, the one that an archive is named after, else BTCUSDT
 * @param from first day (or moment) of history; without it the first bar of a simulated market, or {@code historyDays}
 *     before now
 * @param historyDays days of history imported before going live
 * @param daysInFlight days of history fetched and recorded at once
 * @param gapPatience time for which missing bars are searched before the gap is confirmed
 * @param recheckEvery time between comparisons of recent bars with REST
 */
@ConfigurationProperties("hindcast.feeds")
public record FeedsProperties(
        @DefaultValue({}) List<String> symbols,
        @Nullable String from,
        @DefaultValue("30") int historyDays,
        @DefaultValue("8") int daysInFlight,
        @DefaultValue("10s") Duration gapPatience,
        @DefaultValue("60s") Duration recheckEvery,
        @DefaultValue Binance binance) {

    private static final Backoff CONNECTION_BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    /**
     * Addresses and time limits of Binance.
     *
     * @param restUrl base address of the REST interface
     * @param wsUrl base address of the WebSocket streams
     * @param connectTimeout longest time to connect
     * @param answerTimeout longest time for one REST answer
     * @param silence time without anything on the stream after which it counts as lost
     * @param rollover age at which the stream's connection is replaced, below Binance's limit of 24 hours
     */
    public record Binance(
            @DefaultValue("https://api.binance.com") URI restUrl,
            @DefaultValue("wss://stream.binance.com:9443") URI wsUrl,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("15s") Duration answerTimeout,
            @DefaultValue("60s") Duration silence,
            @DefaultValue("23h") Duration rollover) {}

    /** Refuses impossible values. */
    public FeedsProperties {
        if (historyDays < 0) {
            throw RefusedException.of("BAD_SETTING", "hindcast.feeds.history-days", historyDays, "0 or more");
        }
        if (daysInFlight < 1 || daysInFlight > 64) {
            throw RefusedException.of("BAD_SETTING", "hindcast.feeds.days-in-flight", daysInFlight, "1 to 64");
        }
        symbols = symbols.stream()
                .filter(symbol -> !symbol.isBlank())
                .map(String::strip)
                .toList();
    }

    /** Returns the symbols in the settings. */
    public List<Symbol> named() {
        return symbols.stream().map(Symbol::new).distinct().toList();
    }

    /** Returns the symbols to follow: those in the settings, else BTCUSDT. */
    public List<Symbol> followed() {
        return symbols.isEmpty() ? List.of(new Symbol("BTCUSDT")) : named();
    }

    /** Returns the start of history in the settings, a day or a moment. */
    public Optional<Instant> historyFrom() {
        if (from == null || from.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    from.contains("T")
                            ? Instant.parse(from).truncatedTo(ChronoUnit.MINUTES)
                            : UtcDay.start(LocalDate.parse(from)));
        } catch (DateTimeException e) {
            throw RefusedException.of(
                    "BAD_SETTING", "hindcast.feeds.from", "'" + from + "'", "a day like 2022-03-01 or a moment in UTC");
        }
    }

    BinanceRest.Settings restSettings(URI url) {
        return new BinanceRest.Settings(url, binance.connectTimeout(), binance.answerTimeout(), CONNECTION_BACKOFF);
    }

    KlineStream.Settings streamSettings(URI url) {
        Duration overlap = Duration.ofSeconds(30);
        Duration settled = Duration.ofSeconds(30);
        return new KlineStream.Settings(
                url,
                binance.connectTimeout(),
                binance.silence(),
                binance.rollover(),
                overlap,
                settled,
                CONNECTION_BACKOFF);
    }

    FeedSettings feedSettings() {
        int queueBound = 20_000;
        int commandAttempts = 5;
        int lookBackDays = 7;
        int recheckBars = 120;
        Duration stallCheck = Duration.ofSeconds(5);
        return new FeedSettings(
                new FeedSettings.Commands(
                        Duration.ofSeconds(30),
                        RetryPolicy.of(commandAttempts, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)))),
                daysInFlight,
                queueBound,
                new FeedSettings.Gaps(
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)), gapPatience, lookBackDays),
                new FeedSettings.Checks(recheckEvery, recheckBars, stallCheck),
                new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10)));
    }
}
