package io.hindcast.feeds.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.ReportGap;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A bus with the rules of markets and market days in memory, which can be made to fail. */
final class FakeMarketBus implements MarketBus {

    /** One recorded bar. */
    record Held(Candle bar, int revision, CandleSource source, Instant knownAt) {}

    private final Map<Symbol, OpenMarket> opened = new HashMap<>();
    private final Map<Symbol, Instant> live = new HashMap<>();
    private final Map<Symbol, TreeMap<Instant, List<Held>>> bars = new HashMap<>();
    final List<RecordCandles> commands = new ArrayList<>();
    final List<ReportGap> reported = new ArrayList<>();
    final List<ConfirmGap> confirmed = new ArrayList<>();
    final List<Instant> liveOrder = new CopyOnWriteArrayList<>();
    final TreeSet<MarketDayId> received = new TreeSet<>(Comparator.comparing(MarketDayId::toString));
    private final AtomicInteger failing = new AtomicInteger();
    private volatile Predicate<Candle> refused = bar -> false;
    private volatile boolean down;
    private volatile boolean mute;
    private final AtomicReference<@Nullable Error> thrown = new AtomicReference<>();
    int inFlight;
    int mostInFlight;

    /** Makes the next {@code times} commands fail, as during an outage of the database. */
    void fail(int times) {
        failing.set(times);
    }

    /** Sets whether all commands fail. */
    void down(boolean isDown) {
        down = isDown;
    }

    /** Sets which bars are refused. */
    void refuse(Predicate<Candle> which) {
        refused = which;
    }

    @SuppressWarnings("NonApiType") // tests use first and last entries
    synchronized TreeMap<Instant, List<Held>> bars(Symbol symbol) {
        TreeMap<Instant, List<Held>> copy = new TreeMap<>();
        bars.getOrDefault(symbol, new TreeMap<>()).forEach((time, held) -> copy.put(time, List.copyOf(held)));
        return copy;
    }

    synchronized int count(Symbol symbol) {
        return bars.getOrDefault(symbol, new TreeMap<>()).size();
    }

    synchronized @Nullable Instant last(Symbol symbol) {
        TreeMap<Instant, List<Held>> held = bars.get(symbol);
        return held == null || held.isEmpty() ? null : held.lastKey();
    }

    synchronized Optional<Instant> liveFrom(Symbol symbol) {
        return Optional.ofNullable(live.get(symbol));
    }

    synchronized List<ReportGap> reported() {
        return List.copyOf(reported);
    }

    synchronized List<ConfirmGap> confirmed() {
        return List.copyOf(confirmed);
    }

    synchronized List<RecordCandles> commands() {
        return List.copyOf(commands);
    }

    @Override
    public synchronized CompletableFuture<CandlesReceipt> record(RecordCandles command) {
        Error error = thrown.getAndSet(null);
        if (error != null) {
            throw error;
        }
        if (failed()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the database is down"));
        }
        MarketDayId id = command.marketDay();
        TreeMap<Instant, List<Held>> held = bars.computeIfAbsent(id.symbol(), s -> new TreeMap<>());
        List<Candle> list = command.candles().toList(id.day());
        for (Candle bar : list) {
            if (refused.test(bar)) {
                return refusal("BAD_BAR", "bar", bar.openTime(), "another");
            }
            if (command.knownAt().isBefore(bar.openTime().plusSeconds(60))) {
                return refusal("NOT_CLOSED", "knownAt", command.knownAt(), "after the close of " + bar.openTime());
            }
            if (!UtcDay.of(bar.openTime()).equals(id.day())) {
                return refusal("OUT_OF_DAY", "bar", bar.openTime(), "of " + id);
            }
            List<Held> before = held.get(bar.openTime());
            if (command.source() == CandleSource.HISTORY) {
                if (before != null && !before.getLast().bar().equals(bar)) {
                    return refusal("HISTORY_DIFFERS", "bar", bar.openTime(), "the same");
                }
                if (before == null && received.contains(id)) {
                    return refusal("HISTORY_AFTER_LIVE", "bar", bar.openTime(), "a repair");
                }
            }
        }
        commands.add(command);
        int recorded = 0;
        int revised = 0;
        int dropped = 0;
        for (Candle bar : list) {
            List<Held> before = held.computeIfAbsent(bar.openTime(), t -> new ArrayList<>());
            if (!before.isEmpty() && before.getLast().bar().equals(bar)) {
                dropped++;
                continue;
            }
            if (before.isEmpty()) {
                recorded++;
            } else {
                revised++;
            }
            before.add(new Held(bar, before.size(), command.source(), command.knownAt()));
            if (command.source() == CandleSource.LIVE) {
                liveOrder.add(bar.openTime());
            }
        }
        if (command.source() != CandleSource.HISTORY) {
            received.add(id);
        }
        return CompletableFuture.completedFuture(new CandlesReceipt(recorded, revised, dropped));
    }

    @Override
    public synchronized CompletableFuture<Void> send(Object command) {
        if (failed()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the database is down"));
        }
        switch (command) {
            case OpenMarket open -> {
                OpenMarket before = opened.putIfAbsent(open.symbol(), open);
                if (before != null && before.origin() != open.origin()) {
                    return refusal("OTHER_ORIGIN", "origin of " + open.symbol(), open.origin(), "" + before.origin());
                }
            }
            case GoLive goLive -> live.putIfAbsent(goLive.symbol(), goLive.liveFrom());
            case ReportGap gap -> reported.add(gap);
            case ConfirmGap gap -> confirmed.add(gap);
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Makes the next command throw an error in the thread that sends it. */
    void throwOnce(Error error) {
        thrown.set(error);
    }

    /** Removes a bar, as a kill before its repair would. */
    synchronized void forget(Symbol symbol, Instant openTime) {
        Objects.requireNonNull(bars.get(symbol)).remove(openTime);
    }

    /** Sets whether queries fail, as before the process that answers them is up. */
    void mute(boolean isMute) {
        mute = isMute;
    }

    @Override
    public synchronized CompletableFuture<MarketCoverage> find(FindMarketCoverage query) {
        if (mute) {
            return CompletableFuture.failedFuture(new IllegalStateException("no handler for the query"));
        }
        Symbol symbol = query.symbol();
        TreeMap<Instant, List<Held>> held = bars.getOrDefault(symbol, new TreeMap<>());
        Optional<Instant> last = held.isEmpty() ? Optional.empty() : Optional.of(held.lastKey());
        return CompletableFuture.completedFuture(new MarketCoverage(
                symbol,
                opened.containsKey(symbol),
                Optional.ofNullable(live.get(symbol)),
                last,
                last.flatMap(end -> missing(held, end, query.lookBackDays()))));
    }

    private static Optional<Instant> missing(NavigableMap<Instant, List<Held>> held, Instant last, int days) {
        Instant back = last.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
        for (Instant time = back.isBefore(held.firstKey()) ? held.firstKey() : back;
                time.isBefore(last);
                time = time.plusSeconds(60)) {
            if (!held.containsKey(time)) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private boolean failed() {
        return down || failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private static <T> CompletableFuture<T> refusal(String code, String subject, Object actual, String expected) {
        return CompletableFuture.failedFuture(RefusedException.of(code, subject, actual, expected));
    }
}
