package io.hindcast.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.MarketView;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.ReadModelOperations;
import io.hindcast.projections.TestPlatform;
import io.hindcast.query.market.MarketQueries;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelBuilds;
import io.hindcast.readmodel.ReadModelDefinition;
import io.hindcast.readmodel.ReadModelReader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program version with another definition of the read models starts on the database of the previous version. */
class UpgradeTest {

    private static final LocalDate DAY = LocalDate.of(2022, 1, 1);
    private static final ReadModelDefinition OLD = ReadModelDefinition.PROGRAM;
    private static final ReadModelDefinition NEW = new ReadModelDefinition(
            OLD.tables() + "\ncreate table something_new (id text collate \"C\" primary key);", OLD.revision());

    private final TestPlatform platform = new TestPlatform();
    private final MarketScript script = new MarketScript("BTCUSDT", 1);
    private final HeldLog held = new HeldLog(platform.log);
    private final ReadModelBuilds oldModels = platform.builds(OLD);
    private final ReadModelBuilds newModels = platform.builds(NEW);
    private final ReadModelOperations older = platform.operations(oldModels, platform.log);
    private final ReadModelOperations newer = platform.operations(newModels, held);
    private final MarketQueries oldReaders = readers(OLD);
    private final MarketQueries newReaders = readers(NEW);

    /** A log that withholds its events until it is released. */
    private record HeldLog(StreamableMessageSource<TrackedEventMessage<?>> log, CountDownLatch released)
            implements StreamableMessageSource<TrackedEventMessage<?>> {

        HeldLog(StreamableMessageSource<TrackedEventMessage<?>> log) {
            this(log, new CountDownLatch(1));
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return log.openStream(token);
        }

        @Override
        public @Nullable TrackingToken createTailToken() {
            return log.createTailToken();
        }

        @Override
        public @Nullable TrackingToken createHeadToken() {
            return log.createHeadToken();
        }
    }

    private MarketQueries readers(ReadModelDefinition definition) {
        return new MarketQueries(
                new ReadModelReader(platform.jdbc, definition), new QueryProperties(1_000, Duration.ofMillis(10)));
    }

    private long candles(MarketQueries readers) {
        return readers.handle(new FindMarket(script.symbol()))
                .map(MarketView::candles)
                .orElse(0L);
    }

    @BeforeEach
    void startOldVersion() {
        older.start();
        platform.publish(script.open().history(DAY).take());
        await().until(() -> candles(oldReaders) == 1440);
    }

    @AfterEach
    void stop() {
        held.released.countDown();
        newer.stop();
        older.stop();
        platform.close();
    }

    @Test
    void readersSeeAllEventsDuringAnUpgrade() {
        older.stop();
        newer.start();

        assertThat(newModels.current()).isEmpty();
        assertThat(candles(newReaders)).isEqualTo(1440);
        await().until(() -> !platform.outages.current().isEmpty());
        assertThat(platform.outages.current().getFirst().summary())
                .contains("being built: 0 of 2 events", "another version", "Nothing has to be done");

        held.released.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            assertThat(candles(newReaders)).isEqualTo(1440);
            return newer.build() != null;
        });
        platform.publish(script.history(DAY.plusDays(1)).take());
        await().until(() -> candles(newReaders) == 2880);
        assertThat(platform.outages.current()).isEmpty();
    }

    @Test
    void anotherRevisionIsAnotherDefinition() {
        ReadModelBuilds recoded = platform.builds(new ReadModelDefinition(OLD.tables(), OLD.revision() + 1));

        assertThat(oldModels.current()).isPresent();
        assertThat(recoded.current()).isEmpty();
    }

    @Test
    void refusesWithProgressWhileOldTablesAreUnreadable() {
        ReadModelBuild old = oldModels.current().orElseThrow();
        older.stop();
        platform.jdbc.execute("alter table " + old.schema() + ".market rename column description to note");
        newer.start();

        await().untilAsserted(() -> assertThat(catchThrowableOfType(RefusedException.class, () -> candles(newReaders))
                        .refusal())
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("NOT_READY"))
                .satisfies(
                        refusal -> assertThat(refusal.actual()).isEqualTo("being built: 0 of 2 events are written")));
        held.released.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> newer.build() != null);
        await().until(() -> candles(newReaders) == 1440);
    }

    @Test
    void refusesWithProgressWithoutACompleteBuild() {
        older.stop();
        platform.jdbc.execute("delete from hindcast.read_model_current");
        newer.start();

        await().untilAsserted(() -> assertThat(catchThrowableOfType(RefusedException.class, () -> candles(newReaders)))
                .hasMessageContaining("0 of 2 events are written"));
    }

    @Test
    void twoVersionsRunSideBySide() {
        ReadModelBuild old = oldModels.current().orElseThrow();
        held.released.countDown();
        newer.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> newer.build() != null);

        platform.publish(script.history(DAY.plusDays(1)).take());

        await().until(() -> candles(oldReaders) == 2880);
        await().until(() -> candles(newReaders) == 2880);
        assertThat(oldModels.current()).contains(old);
        assertThat(newModels.current()).contains(newer.build());
        // A rollback continues on the old build.
        newer.stop();
        older.stop();
        ReadModelOperations again = platform.operations(oldModels, platform.log);
        again.start();
        assertThat(again.build()).isEqualTo(old);
        again.stop();
        assertThat(newModels.current()).isPresent();
    }

    @Test
    void continuesAnInterruptedBuild() {
        newer.start();
        ReadModelBuild begun = newModels.all().getLast();
        held.released.countDown();
        newer.stop();

        ReadModelOperations next = platform.operations(newModels, platform.log);
        next.start();

        await().atMost(Duration.ofSeconds(30)).until(() -> next.build() != null);
        assertThat(next.build()).isEqualTo(begun);
        next.stop();
    }

    @Test
    void ofTwoProcessesOneBuildsAndTheOtherFollows() {
        ReadModelOperations second = platform.operations(newModels, held);
        newer.start();
        second.start();
        held.released.countDown();

        await().atMost(Duration.ofSeconds(30)).until(() -> newer.build() != null && second.build() != null);

        assertThat(second.build()).isEqualTo(newer.build());
        assertThat(newModels.all()).hasSize(2);
        second.stop();
    }

    @Test
    void dropsBuildsOfVersionsUnusedForAnHour() {
        ReadModelBuild old = oldModels.current().orElseThrow();
        older.stop();
        platform.client
                .sql("update hindcast.token_entry set time_stamp = (now() - interval '2 hours')::text")
                .update();
        newer.start();
        assertThat(newModels.all()).contains(old);

        held.released.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> newer.build() != null);

        await().untilAsserted(() -> assertThat(newModels.all()).containsExactly(newer.build()));
        assertThat(oldModels.current()).isEmpty();
    }
}
