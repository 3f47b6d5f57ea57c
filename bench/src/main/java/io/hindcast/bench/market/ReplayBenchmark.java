package io.hindcast.bench.market;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.ReadModelProcessors;
import io.hindcast.projections.TestPlatform;
import io.hindcast.readmodel.ReadModelBuild;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventMessage;
import org.postgresql.PGConnection;

/**
 * Rows per second from the log into all tables of a new build of the read models: for imported days, with one event
 * each, and for live days, with two events per bar. The yardstick copies the resulting rows into equal tables by
 * {@code COPY} in text format, in the same run.
 */
public final class ReplayBenchmark {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final int DAYS = 60;
    private static final int LIVE_DAYS = 3;
    private static final int ROUNDS = 5;

    private ReplayBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (TestPlatform platform = new TestPlatform()) {
            MarketScript script = new MarketScript("BTCUSDT", 1).open();
            for (int day = 0; day < DAYS; day++) {
                script.history(FIRST.plusDays(day));
            }
            compare(platform, script.take(), DAYS + " imported days");
        }
        try (TestPlatform platform = new TestPlatform()) {
            MarketScript script = new MarketScript("BTCUSDT", 2).open();
            LocalDate today = FIRST.plusDays(1);
            script.history(FIRST).model(1, LabelSpec.DEFAULT, MarketScript.at(today, 0));
            for (int minute = 0; minute < LIVE_DAYS * 1440; minute++) {
                LocalDate day = today.plusDays(minute / 1440);
                int of = minute % 1440;
                script.candles(day, of, of + 1, CandleSource.LIVE)
                        .predictions(day, of, of + 1, List.of(1), PredictionOrigin.LIVE, MarketScript.at(day, of + 1));
            }
            compare(platform, script.take(), LIVE_DAYS + " live days");
        }
    }

    private static void compare(TestPlatform platform, List<EventMessage<?>> events, String subject) throws Exception {
        for (int i = 0; i < events.size(); i += 500) {
            platform.publish(events.subList(i, Math.min(i + 500, events.size())));
        }
        double[] replays = new double[ROUNDS];
        double[] copies = new double[ROUNDS];
        long rows = 0;
        // The first round warms up.
        for (int round = -1; round < ROUNDS; round++) {
            ReadModelBuild build = platform.builds.create();
            double replay = replay(platform, build);
            Copied copied = copy(platform, build);
            platform.builds.drop(build);
            rows = copied.rows;
            if (round >= 0) {
                replays[round] = copied.rows / replay;
                copies[round] = copied.rows / copied.seconds;
            }
        }
        System.out.printf(
                "%s, %,d rows: replay %,.0f rows/s, COPY %,.0f rows/s, ratio %.3f%n",
                subject, rows, median(replays), median(copies), median(replays) / median(copies));
    }

    private static double replay(TestPlatform platform, ReadModelBuild build) {
        long head = platform.log.createHeadToken().position().orElseThrow();
        long begun = System.nanoTime();
        try (ReadModelProcessors.Running running = platform.processors(4, 200).start(build)) {
            while (running.position() < head) {
                if (running.processor().isError()) {
                    throw new IllegalStateException("the read model stopped with an error");
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private record Copied(long rows, double seconds) {}

    private static Copied copy(TestPlatform platform, ReadModelBuild build) throws SQLException, IOException {
        long rows = 0;
        double seconds = 0;
        for (String table : platform.rows(build).keySet()) {
            String from = build.schema() + "." + table;
            try (Connection connection = platform.dataSource.getConnection()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                var _ = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy " + from + " to stdout", content);
                platform.jdbc.execute("create table copied (like " + from
                        + " including indexes including defaults including generated)");
                long begun = System.nanoTime();
                rows += connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy copied from stdin", new ByteArrayInputStream(content.toByteArray()));
                seconds += (System.nanoTime() - begun) / 1e9;
                platform.jdbc.execute("drop table copied");
            }
        }
        return new Copied(rows, seconds);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
