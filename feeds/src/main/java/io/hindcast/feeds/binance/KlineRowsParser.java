package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.kline.KlineRule;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses answers of {@code /api/v3/klines}. A row that is not a possible bar is refused alone; the others stay. */
final class KlineRowsParser {

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

    KlineRowsParser(JsonFactory json) {
        this.json = json;
    }

    /** A row that is not a candle; its open time is {@link UnusableRows#NO_TIME} if it can't be parsed. */
    record Unusable(long openMillis, Refusal why) {}

    /**
     * Rows of one answer.
     *
     * @param bars in the answer's order
     * @param unusable rows that are not bars
     * @param opened open times of all rows, usable or not, in the answer's order
     */
    record Page(List<Candle> bars, List<Unusable> unusable, List<Long> opened) {}

    Page read(byte[] body) throws IOException {
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the answer is not a list of klines");
            }
            Page page = new Page(new ArrayList<>(1000), new ArrayList<>(), new ArrayList<>(1000));
            JsonDecimalReader decimal = new JsonDecimalReader();
            while (in.nextToken() == JsonToken.START_ARRAY) {
                @Nullable BigDecimal[] values = new BigDecimal[NAMES.length];
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
                row(values, page);
            }
            if (in.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("the answer is not a list of klines");
            }
            return page;
        }
    }

    private static void row(@Nullable BigDecimal[] values, Page page) {
        long opened = UnusableRows.NO_TIME;
        try {
            opened = whole(values, 0);
            page.bars()
                    .add(KlineRule.candle(
                            opened,
                            whole(values, 6),
                            value(values, 1),
                            value(values, 2),
                            value(values, 3),
                            value(values, 4),
                            value(values, 5),
                            value(values, 7),
                            whole(values, 8),
                            value(values, 9),
                            value(values, 10)));
        } catch (RefusedException e) {
            page.unusable().add(new Unusable(opened, e.refusal()));
        }
        page.opened().add(opened);
    }

    private static long whole(@Nullable BigDecimal[] values, int column) {
        BigDecimal value = value(values, column);
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw RefusedException.of("BAD_CANDLE", NAMES[column] + " of a kline", value, "a whole number");
        }
    }

    private static BigDecimal value(@Nullable BigDecimal[] values, int column) {
        BigDecimal value = values[column];
        if (value == null) {
            throw RefusedException.of("BAD_CANDLE", NAMES[column] + " of a kline", "missing", "a decimal");
        }
        return value;
    }
}
