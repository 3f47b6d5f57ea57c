package io.hindcast.simulator.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Positions of a kline's values in a line: by the names of a header, or in Binance's order. Immutable. */
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
    private static final List<Value> BINANCE_ORDER = List.of(Value.values());

    static final int COUNT = BINANCE_ORDER.size();
    private static final List<String> SYMBOL = List.of("symbol", "pair", "ticker", "market");
    private static final int NONE = -1;

    /** Binance's order, and the same after a column with row numbers. */
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

    /** Returns Binance's order, beginning in this cell. */
    static KlineColumns binance(int firstCell) {
        return BINANCE.get(firstCell);
    }

    /**
     * Returns the columns of a header, null if the line is not one. A header may lack values: {@link #missing()}.
     *
     * @param cells cells of the line without empty ones at the end
     * @param width number of cells with those
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
            at.put(BINANCE_ORDER.get(i), i + firstCell);
        }
        return new KlineColumns(at, NONE, COUNT, COUNT);
    }

    /**
     * Returns the names of a value in headers, lower case with letters and digits only. If a header has several, the
     * first here counts.
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

    /** Returns the names of the values that a candle needs and that have no column. */
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

    /** Returns the cell of a value that has a column. */
    int of(Value value) {
        return Objects.requireNonNull(at.get(value));
    }

    /** Returns the number of the header's cells, with empty ones at its end. */
    int width() {
        return width;
    }

    /** Returns the number of the header's cells, without empty ones at its end. */
    int filled() {
        return filled;
    }

    /** Returns the cell with the market's name, negative if there is none. */
    int symbol() {
        return symbol;
    }

    /** Returns the number of cells that a line needs to have all values. */
    int cells() {
        return Collections.max(at.values()) + 1;
    }
}
