package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.app.running.SharedDemo.Demo;
import io.hindcast.projections.ReadModelOperations;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rebuilt read models equal the live ones, row by row. */
@ExtendWith(SharedDemo.class)
class RebuildIT {

    @Test
    void rebuiltReadModelsEqualTheLiveOnes(Demo demo) throws Exception {
        ExchangeSimulator exchange = demo.bean(ExchangeSimulator.class);
        ReadModelOperations operations = demo.bean(ReadModelOperations.class);
        JdbcTemplate jdbc = demo.bean(JdbcTemplate.class);
        // Not earlier: the feed would start the clock when the market goes live.
        demo.awaitPredictions();
        exchange.hold();
        try {
            long[] events = {-1};
            await("nothing more is recorded")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        long before = events[0];
                        events[0] = jdbc.queryForObject(
                                "select max(global_index) from hindcast.domain_event_entry", Long.class);
                        return before == events[0] && operations.lag() == 0;
                    });
            Map<String, List<String>> live = rows(jdbc, operations);
            String before = operations.build().schema();

            operations.rebuild();

            assertThat(operations.build().schema()).isNotEqualTo(before);
            Map<String, List<String>> rebuilt = rows(jdbc, operations);
            assertThat(rebuilt.keySet()).isEqualTo(live.keySet()).isNotEmpty();
            live.forEach((table, rows) ->
                    assertThat(rebuilt.get(table)).as("rows of %s", table).containsExactlyElementsOf(rows));
            assertThat(live.get("prediction")).isNotEmpty();
            assertThat(live.get("candle")).hasSizeGreaterThan(SharedDemo.HISTORY_DAYS * 1440);
        } finally {
            exchange.run();
        }
    }

    /** Returns all rows of all tables as text, sorted. */
    private static Map<String, List<String>> rows(JdbcTemplate jdbc, ReadModelOperations operations) {
        String schema = operations.build().schema();
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = ? order by 1",
                String.class,
                schema)) {
            rows.put(
                    table,
                    jdbc.queryForList("select t::text from " + schema + "." + table + " t order by 1", String.class));
        }
        return rows;
    }
}
