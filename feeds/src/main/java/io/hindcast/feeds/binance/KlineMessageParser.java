package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hindcast.api.RefusedException;
import io.hindcast.api.kline.KlineRule;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses stream messages, bare or wrapped with the name of their stream. Other events than one-minute klines are
 * ignored. Thread-safe.
 */
final class KlineMessageParser {

    private final JsonFactory json = new JsonFactory();

    /** Values of a message while it is parsed. */
    private static final class Fields {
        String event = "";
        String symbol = "";
        String interval = "";
        long eventMillis = -1;
        long openMillis = -1;
        long trades = -1;

        @Nullable Boolean closed;

        boolean kline;

        @Nullable BigDecimal open;

        @Nullable BigDecimal high;

        @Nullable BigDecimal low;

        @Nullable BigDecimal close;

        @Nullable BigDecimal volume;

        @Nullable BigDecimal quoteVolume;

        @Nullable BigDecimal takerBuyVolume;

        @Nullable BigDecimal takerBuyQuoteVolume;
    }

    /**
     * Returns the kline event in a message, empty if the message is about something else.
     *
     * @throws IOException if the message is malformed
     * @throws RefusedException if it holds an impossible bar
     */
    Optional<KlineEvent> read(String message) throws IOException {
        Fields fields = new Fields();
        try (JsonParser in = json.createParser(message)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            readObject(in, fields, new JsonDecimalReader(), 0);
        }
        if (!fields.event.equals("kline") && !fields.kline) {
            return Optional.empty();
        }
        if (fields.eventMillis < 0 || fields.openMillis < 0 || fields.closed == null || fields.symbol.isEmpty()) {
            throw new IOException("a kline event without E, k.t, k.x or s");
        }
        if (!fields.interval.equals("1m")) {
            return Optional.empty();
        }
        return Optional.of(new KlineEvent(
                new Symbol(fields.symbol),
                Instant.ofEpochMilli(fields.eventMillis),
                Instant.ofEpochMilli(fields.openMillis),
                fields.closed ? Optional.of(candle(fields)) : Optional.empty()));
    }

    private static void readObject(JsonParser in, Fields fields, JsonDecimalReader decimal, int depth)
            throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (value == JsonToken.START_OBJECT && depth < 2 && (name.equals("data") || name.equals("k"))) {
                fields.kline |= name.equals("k");
                readObject(in, fields, decimal, depth + 1);
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                in.skipChildren();
            } else if (fields.kline) {
                readKline(in, name, fields, decimal);
            } else {
                switch (name) {
                    case "e" -> fields.event = in.getText();
                    case "E" -> fields.eventMillis = number(in, name);
                    case "s" -> fields.symbol = in.getText();
                    default -> {}
                }
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the message ends too early");
        }
    }

    private static void readKline(JsonParser in, String name, Fields fields, JsonDecimalReader decimal)
            throws IOException {
        switch (name) {
            case "t" -> fields.openMillis = number(in, name);
            case "i" -> fields.interval = in.getText();
            case "n" -> fields.trades = number(in, name);
            case "x" -> fields.closed = in.getBooleanValue();
            case "o" -> fields.open = decimal.read(in);
            case "h" -> fields.high = decimal.read(in);
            case "l" -> fields.low = decimal.read(in);
            case "c" -> fields.close = decimal.read(in);
            case "v" -> fields.volume = decimal.read(in);
            case "q" -> fields.quoteVolume = decimal.read(in);
            case "V" -> fields.takerBuyVolume = decimal.read(in);
            case "Q" -> fields.takerBuyQuoteVolume = decimal.read(in);
            default -> {}
        }
    }

    private static Candle candle(Fields f) throws IOException {
        return KlineRule.candle(
                f.openMillis,
                KlineRule.NO_CLOSE_TIME,
                present(f.open, "o"),
                present(f.high, "h"),
                present(f.low, "l"),
                present(f.close, "c"),
                present(f.volume, "v"),
                present(f.quoteVolume, "q"),
                f.trades,
                present(f.takerBuyVolume, "V"),
                present(f.takerBuyQuoteVolume, "Q"));
    }

    private static BigDecimal present(@Nullable BigDecimal value, String name) throws IOException {
        if (value == null) {
            throw new IOException("a kline without a decimal as k." + name);
        }
        return value;
    }

    private static long number(JsonParser in, String name) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new IOException(name + " is not a whole number");
        }
        return in.getLongValue();
    }
}
