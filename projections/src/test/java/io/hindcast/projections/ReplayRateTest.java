package io.hindcast.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.PredictionOrigin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;

/** Replays a log into new read models, beside PostgreSQL's COPY of the very rows that come out. */
class ReplayRateTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final int DAYS = 60;

    @Test
    void importedHistoryIsReplayedAtARateOfTheOrderOfCopy() {
        try (Platform platform = new Platform()) {
            MarketScript script = new MarketScript("BTCUSDT", 1).open();
            for (int day = 0; day < DAYS; day++) {
                script.history(FIRST.plusDays(day));
            }
            // The aim is half of COPY's rate; this only fails when batches or COPY itself are gone.
            assertThat(compare(platform, script, "history")).isGreaterThan(0.1);
        }
    }

    @Test
    void liveDaysWithTheirPredictionsToo() {
        try (Platform platform = new Platform()) {
            MarketScript script = new MarketScript("BTCUSDT", 2).open();
            LocalDate today = FIRST.plusDays(1);
            script.history(FIRST).model(1, LabelSpec.DEFAULT, MarketScript.at(today, 0));
            for (int minute = 0; minute < 3 * 1440; minute++) {
                LocalDate day = today.plusDays(minute / 1440);
                int of = minute % 1440;
                script.candles(day, of, of + 1, CandleSource.LIVE)
                        .predictions(day, of, of + 1, List.of(1), PredictionOrigin.LIVE, MarketScript.at(day, of + 1));
            }
            assertThat(compare(platform, script, "live, a bar and a prediction an event"))
                    .isGreaterThan(0.01);
        }
    }

    private static double compare(Platform platform, MarketScript script, String what) {
        List<EventMessage<?>> events = script.take();
        for (int i = 0; i < events.size(); i += 500) {
            platform.publish(events.subList(i, Math.min(i + 500, events.size())));
        }
        double best = 0;
        for (int round = 0; round < 3; round++) {
            ReadModelBuild build = platform.readModels.create();
            long head = platform.log.createHeadToken().position().orElseThrow();
            long start = System.nanoTime();
            try (ReadModelProcessors.Running running =
                    platform.processors(4, 200).start(build)) {
                await().pollInterval(Duration.ofMillis(2))
                        .pollDelay(Duration.ZERO)
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> running.position() >= head);
            }
            double replay = (System.nanoTime() - start) / 1e9;
            long rows = 0;
            double copy = 0;
            for (String table : platform.rows(build).keySet()) {
                byte[] content = platform.jdbc.execute((ConnectionCallback<byte[]>) connection -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    copyOut(connection, "copy " + build.schema() + "." + table + " to stdout", out);
                    return out.toByteArray();
                });
                platform.client
                        .sql("create table copied_" + table + " (like " + build.schema() + "." + table
                                + " including indexes including defaults)")
                        .update();
                long begin = System.nanoTime();
                Long copied = platform.jdbc.execute((ConnectionCallback<Long>)
                        connection -> copyIn(connection, "copy copied_" + table + " from stdin", content));
                copy += (System.nanoTime() - begin) / 1e9;
                rows += copied == null ? 0 : copied;
                platform.client.sql("drop table copied_" + table).update();
            }
            double ratio = copy / replay;
            best = Math.max(best, ratio);
            System.out.printf(
                    "%s: replay %,.0f rows/s, COPY %,.0f rows/s, ratio %.2f (%d rows)%n",
                    what, rows / replay, rows / copy, ratio, rows);
            platform.readModels.drop(build);
        }
        return best;
    }

    private static void copyOut(Connection connection, String sql, ByteArrayOutputStream out) throws SQLException {
        try {
            var _ = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long copyIn(Connection connection, String sql, byte @Nullable [] content) throws SQLException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new ByteArrayInputStream(content == null ? new byte[0] : content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
