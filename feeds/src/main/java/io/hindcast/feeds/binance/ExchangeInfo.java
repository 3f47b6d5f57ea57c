package io.hindcast.feeds.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of an answer of {@code /api/v3/exchangeInfo} that are used here, for one symbol.
 *
 * @param weightLimit request weight allowed per minute
 * @param status of the symbol, such as TRADING, HALT or BREAK; empty if it is not listed
 */
record ExchangeInfo(OptionalInt weightLimit, Optional<String> status) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ExchangeInfo read(byte[] body) throws IOException {
        JsonNode root = JSON.readTree(body);
        if (root == null || !root.path("symbols").isArray()) {
            throw new IOException("the answer is not exchange information with a list of symbols");
        }
        OptionalInt weightLimit = OptionalInt.empty();
        for (JsonNode limit : root.path("rateLimits")) {
            if (limit.path("rateLimitType").asText().equals("REQUEST_WEIGHT")
                    && limit.path("interval").asText().equals("MINUTE")
                    && limit.path("intervalNum").asInt() == 1
                    && limit.path("limit").asInt() > 0) {
                weightLimit = OptionalInt.of(limit.path("limit").asInt());
            }
        }
        String status = root.path("symbols").path(0).path("status").asText("");
        return new ExchangeInfo(weightLimit, status.isEmpty() ? Optional.empty() : Optional.of(status));
    }
}
