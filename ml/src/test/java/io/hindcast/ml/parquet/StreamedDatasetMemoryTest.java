package io.hindcast.ml.parquet;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.RowStream;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live heap while a long dataset is computed and written. */
class StreamedDatasetMemoryTest {

    private static final int DAY = 1_440;
    private static final int DAYS = 180;
    private static final int DAYS_BETWEEN_LOOKS = 20;
    private static final long MOST_BYTES = 40L << 20;

    @TempDir
    Path folder;

    @Test
    void sixMonthsOfBarsNeedNoMoreThanAFewDaysOfThem() {
        Instant from = Instant.ofEpochMilli(MIDNIGHT);
        Instant to = Instant.ofEpochMilli(MIDNIGHT + (DAYS * (long) DAY - 1) * MINUTE);
        long before = liveHeap();
        long peak = 0;
        FeatureSet features = FeatureSet.priceNewsV1();
        try (RowsFile.Writer rows = new RowsFile.Writer(folder.resolve("rows"), features);
                BarsFile.Writer bars = new BarsFile.Writer(folder.resolve("bars"))) {
            RowStream stream = new RowStream(features, LabelSpec.DEFAULT, from, to, rows);
            for (int n = 0; n < DAYS; n++) {
                List<KnownBar> day =
                        RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT + n * (long) DAY * MINUTE, DAY, n));
                day.forEach(bars::add);
                stream.day(date(n), day);
                if (n % DAYS_BETWEEN_LOOKS == DAYS_BETWEEN_LOOKS - 1) {
                    peak = Math.max(peak, liveHeap() - before);
                }
            }
            stream.finish();
            assertThat(rows.rows()).isEqualTo(DAYS * (long) DAY);
            assertThat(bars.rows()).isEqualTo(DAYS * (long) DAY);
        }
        assertThat(peak).isLessThan(MOST_BYTES);
    }

    private static LocalDate date(int n) {
        return UtcDay.of(Instant.ofEpochMilli(MIDNIGHT)).plusDays(n);
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
