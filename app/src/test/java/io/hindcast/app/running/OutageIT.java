package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.app.running.SharedDemo.Demo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** A crash of the embedded database during live operation: it restarts, and no bar is missing afterwards. */
@ExtendWith(SharedDemo.class)
class OutageIT {

    @Test
    void recoversFromADatabaseCrashWithoutAGap(Demo demo) throws Exception {
        try (GraphQlClient api = demo.api()) {
            await("the market is live")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> api.query("{ market(symbol: \"BTCUSDT\") { liveFrom } }")
                            .at("/market/liveFrom")
                            .isTextual());
            Instant before = api.lastBar("BTCUSDT");

            Path pidFile = demo.folder().resolve("data/postgres/data/postmaster.pid");
            long server = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            ProcessHandle.of(server).orElseThrow().destroyForcibly();

            await("bars are recorded beyond the outage")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .ignoreExceptionsMatching(failure -> true)
                    .until(() -> api.lastBar("BTCUSDT").isAfter(before.plus(Duration.ofMinutes(60))));
            await("no bar is missing").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                JdbcTemplate jdbc = demo.bean(JdbcTemplate.class);
                String schema =
                        "rm_" + jdbc.queryForObject("select build from hindcast.read_model_current", Integer.class);
                assertThat(jdbc.queryForObject(
                                "select extract(epoch from max(open_time) - min(open_time)) / 60 + 1 - count(*) from "
                                        + schema + ".candle",
                                Integer.class))
                        .as("missing bars")
                        .isZero();
            });
            api.awaitReady(Duration.ofMinutes(1));
        }
    }
}
