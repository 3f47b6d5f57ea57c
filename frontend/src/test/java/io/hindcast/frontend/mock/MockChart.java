package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers the chart's queries from a {@link MockMarket}. */
final class MockChart {

    private final MockMarket market;
    private final MockModels models;

    MockChart(MockMarket market, MockModels models) {
        this.market = market;
        this.models = models;
    }

    /** Answers the candles and signals of a span in buckets. */
    void window(ObjectNode data, JsonNode variables) {
        int from = MockMarket.minute(Instant.parse(variables.path("from").asText()));
        int to = MockMarket.minute(Instant.parse(variables.path("to").asText()));
        int step = stepOf(variables);
        ObjectNode candles = data.putObject("candles").put("bucketSeconds", step * 60);
        List<ArrayNode> columns = new ArrayList<>();
        for (String column : List.of("time", "open", "high", "low", "close", "volume")) {
            columns.add(candles.putArray(column));
        }
        List<Integer> starts = new ArrayList<>();
        for (int start = Math.floorDiv(from, step) * step; start < to; start += step) {
            if (bucket(columns, Math.max(start, from), Math.min(start + step, to), start)) {
                starts.add(start);
            }
        }
        ArrayNode series = data.putArray("signalMarkers");
        for (int version = 1; version <= models.versions(); version++) {
            signals(series.addObject(), version, step, starts);
        }
    }

    private boolean bucket(List<ArrayNode> columns, int from, int to, int start) {
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double volume = 0;
        int first = -1;
        int last = -1;
        for (int i = from; i < to; i++) {
            if (market.has(i)) {
                first = first < 0 ? i : first;
                last = i;
                high = Math.max(high, market.high(i));
                low = Math.min(low, market.low(i));
                volume += market.volume(i);
            }
        }
        if (first < 0) {
            return false;
        }
        double[] values = {market.open(first), high, low, market.close(last), volume};
        columns.getFirst().add(MockMarket.time(start).getEpochSecond());
        for (int i = 0; i < values.length; i++) {
            columns.get(i + 1).add(Math.round(values[i] * 100) / 100.0);
        }
        return true;
    }

    private void signals(ObjectNode series, int version, int step, List<Integer> starts) {
        series.put("version", MockApi.version(version))
                .put("slot", models.slot(version))
                .put("bucketSeconds", step * 60);
        ArrayNode time = series.putArray("time");
        List<ArrayNode> counts = List.of(series.putArray("sell"), series.putArray("hold"), series.putArray("buy"));
        ArrayNode reconciled = series.putArray("reconciled");
        ArrayNode last = series.putArray("last");
        series.putObject("inSample")
                .put("from", MockMarket.FIRST.toString())
                .put("to", models.inSampleTo(version).toString());
        for (int start : starts) {
            int[] counted = new int[3];
            int lastSignal = 1;
            for (int i = start; i < start + step; i++) {
                if (market.has(i)) {
                    lastSignal = market.signal(version, i) + 1;
                    counted[lastSignal]++;
                }
            }
            time.add(MockMarket.time(start).getEpochSecond());
            for (int k = 0; k < 3; k++) {
                counts.get(k).add(counted[k]);
            }
            reconciled.add(0);
            last.add(MockApi.NAMES[lastSignal]);
        }
    }

    /** Returns the length of a bucket in minutes for the requested span. */
    static int stepOf(JsonNode variables) {
        int from = MockMarket.minute(Instant.parse(variables.path("from").asText()));
        int to = MockMarket.minute(Instant.parse(variables.path("to").asText()));
        return step(to - from, variables.path("maxPoints").asInt());
    }

    private static int step(int minutes, int maxPoints) {
        for (int step = 1; step <= 1_440; step++) {
            if (1_440 % step == 0 && Math.ceilDiv(minutes, step) <= maxPoints) {
                return step;
            }
        }
        return 1_440;
    }
}
