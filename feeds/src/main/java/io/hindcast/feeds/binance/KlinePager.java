package io.hindcast.feeds.binance;

import io.hindcast.api.Refusal;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fetches klines page by page in order of time. An unusable row costs its own minute, neither the rest of its page nor
 * the pages after it.
 */
final class KlinePager {

    static final int PAGE = 1000;
    private static final Duration BAR = Interval.ONE_MINUTE.length();
    /** Largest difference between two clocks; a time beyond it is not an open time. */
    private static final Duration ANY_SKEW = Duration.ofDays(1);

    /** Source of pages, called on the thread of the caller; an exception ends the paging. */
    interface Source {
        KlineRowsParser.Page page(String request) throws InterruptedException;
    }

    private final String symbol;
    private final ServerTime serverTime;
    private final Source source;

    /**
     * Creates a pager of one symbol.
     *
     * @param symbol encoded for an address
     */
    KlinePager(String symbol, ServerTime serverTime, Source source) {
        this.symbol = symbol;
        this.serverTime = serverTime;
        this.source = source;
    }

    /**
     * Returns the closed bars that open from {@code from} up to and not including {@code to}, in order, and counts the
     * unusable rows.
     */
    List<Candle> bars(Instant from, Instant to, UnusableRows unusable) throws InterruptedException {
        NavigableMap<Instant, Candle> bars = new TreeMap<>();
        long end = to.toEpochMilli();
        long next = from.toEpochMilli();
        while (next < end) {
            Instant closedBy = serverTime.earliest();
            KlineRowsParser.Page page = source.page(request(next) + "&endTime=" + (end - 1));
            for (KlineRowsParser.Unusable row : page.unusable()) {
                boolean asked = row.openMillis() >= next && row.openMillis() < end;
                unusable.add(asked ? row.openMillis() : UnusableRows.NO_TIME, row.why(), "");
            }
            for (Candle bar : page.bars()) {
                Instant opened = bar.openTime();
                if (opened.toEpochMilli() >= next
                        && opened.isBefore(to)
                        && !opened.plus(BAR).isAfter(closedBy)) {
                    Candle held = bars.putIfAbsent(opened, bar);
                    if (held != null && !held.equals(bar)) {
                        unusable.add(
                                opened.toEpochMilli(),
                                new Refusal(
                                        "BAD_CANDLE",
                                        "candle at " + opened,
                                        "different from the one that the exchange sent for this minute before",
                                        "one candle a minute"),
                                "");
                    }
                }
            }
            if (page.opened().size() < PAGE) {
                break;
            }
            next = after(page, next, end);
        }
        return new ArrayList<>(bars.values());
    }

    /**
     * Returns the minute of the first closed row at or after {@code from}, usable or not: where the market's history
     * begins. A row whose time can't be parsed counts as the minute before the next one.
     */
    Optional<Instant> firstMinute(Instant from) throws InterruptedException {
        long begin = from.toEpochMilli();
        long closedBy = serverTime.earliest().toEpochMilli();
        List<Long> opened = source.page(request(begin)).opened();
        for (int row = 0; row < opened.size(); row++) {
            long at = opened.get(row);
            if (at >= begin && at < closedBy + ANY_SKEW.toMillis()) {
                if (at + BAR.toMillis() > closedBy) {
                    return Optional.empty();
                }
                long first = at - Math.floorMod(at, BAR.toMillis()) - row * BAR.toMillis();
                return Optional.of(Instant.ofEpochMilli(Math.max(begin, first)));
            }
        }
        return opened.isEmpty() ? Optional.empty() : Optional.of(from);
    }

    private String request(long startMillis) {
        return "/api/v3/klines?symbol=" + symbol + "&interval=1m&startTime=" + startMillis + "&limit=" + PAGE;
    }

    /**
     * Returns where the next page begins after a full one: after the minute of its last row, also if that row is some
     * seconds off it. Rows whose times can't be parsed count as a minute each.
     */
    private static long after(KlineRowsParser.Page page, long next, long end) {
        List<Long> opened = page.opened();
        int unread = 0;
        while (unread < opened.size()) {
            long last = opened.get(opened.size() - 1 - unread);
            if (last >= next && last < end) {
                return last - Math.floorMod(last, BAR.toMillis()) + (1 + unread) * BAR.toMillis();
            }
            unread++;
        }
        return next + unread * BAR.toMillis();
    }
}
