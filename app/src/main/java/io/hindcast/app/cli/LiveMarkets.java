package io.hindcast.app.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Markets that the exchange itself plays. */
final class LiveMarkets {

    private LiveMarkets() {}

    /** As the feeds wing's settings. */
    static Map<String, String> properties(Collection<String> symbols, int historyDays) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("hindcast.sagas.history-days", Integer.toString(historyDays));
        properties.put("hindcast.feeds.symbols", String.join(",", symbols));
        properties.put("hindcast.news.collect", "true");
        properties.put("hindcast.feeds.history-days", Integer.toString(historyDays));
        return properties;
    }
}
