package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an answer of {@code /api/v3/klines}. A row that is no possible bar is refused alone; the others stay. */
final class KlineRows {

    private static final String[] NAMES = {
        "open time",
        "open",
        "high",
        "low",
        "close",
        "volume",
        "close time",
        "quote volume",
        "trades",
        "taker buy volume",
        "taker buy quote volume"
    };

    private final JsonFactory json;

    KlineRows(JsonFactory json) {
        this.json = json;
    }

    /**
     * @param bars in the answer's order
     * @param lastOpenMillis open time of the last row, good or bad, from which the next page follows
     * @param rows how many there were, good or bad
     */
    record Page(List<Candle> bars, long lastOpenMillis, int rows) {}

    Page read(byte[] body, Consumer<String> badBar) throws IOException {
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the answer is no list of klines");
            }
            List<Candle> bars = new ArrayList<>(1000);
            WireDecimal decimal = new WireDecimal();
            @Nullable BigDecimal[] values = new BigDecimal[NAMES.length];
            long last = Long.MIN_VALUE;
            int rows = 0;
            while (in.nextToken() == JsonToken.START_ARRAY) {
                int column = 0;
                for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
                    if (token == null) {
                        throw new IOException("the answer ends inside a kline");
                    }
                    if (column < NAMES.length) {
                        values[column] = decimal.read(in);
                    }
                    column++;
                    in.skipChildren();
                }
                rows++;
                BigDecimal openTime = values[0];
                if (column < NAMES.length || openTime == null) {
                    badBar.accept("a kline has " + column + " columns, expected 12 that begin with an open time");
                    continue;
                }
                last = Math.max(last, openTime.longValue());
                Candle bar = bar(values, badBar);
                if (bar != null) {
                    bars.add(bar);
                }
            }
            if (in.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("the answer is no list of klines");
            }
            return new Page(bars, last, rows);
        }
    }

    private static @Nullable Candle bar(@Nullable BigDecimal[] values, Consumer<String> badBar) {
        BigDecimal openTime = values[0];
        for (int i = 0; i < NAMES.length; i++) {
            if (values[i] == null) {
                badBar.accept("the kline at " + openTime + " has no decimal as its " + NAMES[i]);
                return null;
            }
        }
        try {
            return candle(
                    value(values, 0).longValueExact(),
                    value(values, 1),
                    value(values, 2),
                    value(values, 3),
                    value(values, 4),
                    value(values, 5),
                    value(values, 7),
                    value(values, 8).longValueExact(),
                    value(values, 9),
                    value(values, 10));
        } catch (RefusedException | ArithmeticException e) {
            badBar.accept(String.valueOf(e.getMessage()));
            return null;
        }
    }

    static Candle candle(
            long openMillis,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal quoteVolume,
            long trades,
            BigDecimal takerBuyVolume,
            BigDecimal takerBuyQuoteVolume) {
        if (openMillis % 60_000 != 0) {
            throw RefusedException.of("BAD_CANDLE", "open time of a candle", openMillis, "a whole minute");
        }
        return new Candle(
                Instant.ofEpochMilli(openMillis),
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                trades,
                takerBuyVolume,
                takerBuyQuoteVolume);
    }

    private static BigDecimal value(@Nullable BigDecimal[] values, int column) {
        BigDecimal value = values[column];
        if (value == null) {
            throw new IllegalStateException("column " + column + " was checked before");
        }
        return value;
    }
}
