package io.hindcast.feeds;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the feeds wing.
 *
 * @param symbols followed; may be left out if an archive's name says it, else BTCUSDT
 * @param from first day (or moment) of history; without it the first bar of a simulated market, or {@code historyDays}
 *     before now
 * @param historyDays imported before going live
 * @param daysInFlight days of history that are fetched and recorded at once
 * @param gapPatience how long missing bars are asked for before the gap is confirmed
 * @param recheckEvery how often recent bars are compared with what REST says now
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

    /**
     * Where Binance is.
     *
     * @param silence without anything on the stream after which it counts as lost
     * @param rollover age at which the stream's connection is replaced, below Binance's 24 hours
     */
    public record Binance(
            @DefaultValue("https://api.binance.com") URI restUrl,
            @DefaultValue("wss://stream.binance.com:9443") URI wsUrl,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("15s") Duration answerTimeout,
            @DefaultValue("60s") Duration silence,
            @DefaultValue("23h") Duration rollover) {}

    /** Refuses what makes no sense, naming it. */
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

    /** The symbols that were named. */
    public List<Symbol> named() {
        return symbols.stream().map(Symbol::new).distinct().toList();
    }

    /** The symbols to follow: those named, else BTCUSDT. */
    public List<Symbol> followed() {
        return symbols.isEmpty() ? List.of(new Symbol("BTCUSDT")) : named();
    }

    /** Where history begins, if that was said: a day or a moment. */
    public Optional<Instant> historyFrom() {
        if (from == null || from.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    from.contains("T")
                            ? Instant.parse(from).truncatedTo(ChronoUnit.MINUTES)
                            : LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            throw RefusedException.of(
                    "BAD_SETTING", "hindcast.feeds.from", "'" + from + "'", "a day like 2022-03-01 or a moment in UTC");
        }
    }
}
