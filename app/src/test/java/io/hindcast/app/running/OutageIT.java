package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.app.running.SharedDemo.Demo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database that dies in the middle of live running: it is started again, and everything goes on without a hole. */
@ExtendWith(SharedDemo.class)
class OutageIT {

    @Test
    void aDatabaseThatDiesComesBackAndNothingIsMissing(Demo demo) throws Exception {
        try (GraphQl api = demo.api()) {
            await("bars come")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> market(api).get("liveFrom").isTextual());
            Instant before = lastBar(api);

            Path pidFile = demo.folder().resolve("data/postgres/data/postmaster.pid");
            long server = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            ProcessHandle.of(server).orElseThrow().destroyForcibly();

            await("bars come again, beyond those of the outage")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .ignoreExceptionsMatching(failure -> true)
                    .until(() -> lastBar(api).isAfter(before.plus(Duration.ofMinutes(60))));
            await("no bar is missing").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                JdbcTemplate jdbc = demo.bean(JdbcTemplate.class);
                String schema =
                        "rm_" + jdbc.queryForObject("select build from hindcast.read_model_current", Integer.class);
                assertThat(jdbc.queryForObject(
                                "select extract(epoch from max(open_time) - min(open_time)) / 60 + 1 - count(*) from "
                                        + schema + ".candle",
                                Integer.class))
                        .as("holes")
                        .isZero();
            });
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(api.get("/actuator/health/readiness")).endsWith("\"status\":\"UP\"}"));
        }
    }

    private static JsonNode market(GraphQl api) {
        return api.query("{ market(symbol: \"BTCUSDT\") { liveFrom lastOpenTime } }")
                .get("market");
    }

    private static Instant lastBar(GraphQl api) {
        return Instant.parse(market(api).get("lastOpenTime").asText());
    }
}
