package io.hindcast.simulator.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where each value of a kline stands in a line: by the names of a header, or by Binance's order. */
final class KlineColumns {

    /** The values of a kline. */
    enum Value {
        OPEN_TIME,
        OPEN,
        HIGH,
        LOW,
        CLOSE,
        VOLUME,
        CLOSE_TIME,
        QUOTE_VOLUME,
        TRADES,
        TAKER_BUY_BASE,
        TAKER_BUY_QUOTE;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Binance's order. */
    private static final List<Value> BINANCES = List.of(Value.values());

    static final int COUNT = BINANCES.size();
    private static final List<String> SYMBOL = List.of("symbol", "pair", "ticker", "market");
    private static final int NONE = -1;

    /** Binance's order, and the same after a column with the row's number. */
    private static final List<KlineColumns> BINANCE = List.of(ordered(0), ordered(1));

    private final Map<Value, Integer> at;
    private final int symbol;
    private final int width;
    private final int filled;

    private KlineColumns(Map<Value, Integer> at, int symbol, int width, int filled) {
        this.at = at;
        this.symbol = symbol;
        this.width = width;
        this.filled = filled;
    }

    /** Binance's order, which begins in this cell. */
    static KlineColumns binance(int firstCell) {
        return BINANCE.get(firstCell);
    }

    /**
     * Reads a header; null if the line is none. What it lacks is {@link #missing()}.
     *
     * @param cells without empty ones at the end
     * @param width how many there are with those
     */
    static @Nullable KlineColumns ofHeader(List<String> cells, int width) {
        List<String> names = cells.stream()
                .map(cell -> cell.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
                .toList();
        Map<Value, Integer> found = new EnumMap<>(Value.class);
        for (Value value : Value.values()) {
            for (String name : names(value)) {
                if (names.contains(name)) {
                    found.putIfAbsent(value, names.indexOf(name));
                }
            }
        }
        if (!found.containsKey(Value.OPEN) || !found.containsKey(Value.CLOSE)) {
            return null;
        }
        int symbol = SYMBOL.stream().mapToInt(names::indexOf).max().orElse(NONE);
        return new KlineColumns(found, symbol, width, cells.size());
    }

    private static KlineColumns ordered(int firstCell) {
        Map<Value, Integer> at = new EnumMap<>(Value.class);
        for (int i = 0; i < COUNT; i++) {
            at.put(BINANCES.get(i), i + firstCell);
        }
        return new KlineColumns(at, NONE, COUNT, COUNT);
    }

    /**
     * What a value is called in headers: lower case, letters and digits only; of several in a header the first here
     * counts.
     */
    private static List<String> names(Value value) {
        return switch (value) {
            case OPEN_TIME -> List.of("opentime", "unix", "timestamp", "ts", "datetime", "date", "time", "opentimems");
            case OPEN -> List.of("open", "openprice");
            case HIGH -> List.of("high", "highprice");
            case LOW -> List.of("low", "lowprice");
            case CLOSE -> List.of("close", "closeprice");
            case VOLUME -> List.of("volume", "vol", "basevolume", "baseassetvolume", "volumebase");
            case CLOSE_TIME -> List.of("closetime", "closetimems");
            case QUOTE_VOLUME -> List.of("quotevolume", "quoteassetvolume", "quotevol", "qav", "volumequote");
            case TRADES -> List.of("trades", "count", "numberoftrades", "numtrades", "tradecount", "tradescount");
            case TAKER_BUY_BASE ->
                List.of("takerbuybase", "takerbuyvolume", "takerbuybasevolume", "takerbuybaseassetvolume");
            case TAKER_BUY_QUOTE -> List.of("takerbuyquote", "takerbuyquotevolume", "takerbuyquoteassetvolume");
        };
    }

    /** Names of the values that a candle needs and that have no column here. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Value value : Value.values()) {
            if (!has(value) && value != Value.CLOSE_TIME) {
                missing.add(value.title());
            }
        }
        return missing;
    }

    boolean has(Value value) {
        return at.containsKey(value);
    }

    /** Cell with a value that it has. */
    int of(Value value) {
        return Objects.requireNonNull(at.get(value));
    }

    int width() {
        return width;
    }

    int filled() {
        return filled;
    }

    /** Cell with the market's name, negative if there is none. */
    int symbol() {
        return symbol;
    }

    /** How many cells a line needs to have all values. */
    int cells() {
        return Collections.max(at.values()) + 1;
    }
}
