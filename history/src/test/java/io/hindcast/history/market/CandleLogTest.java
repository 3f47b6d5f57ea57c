package io.hindcast.history.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.model.LogPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandleLogTest {

    private static final MarketDayId DAY = MarketDayId.parse("BTCUSDT:1m:2022-01-01");

    @TempDir
    Path folder;

    private CountingEngine engine;
    private TestMarketLog log;
    private CandleLog plain;
    private CandleLog cached;
    private DayFiles files;

    /** Counts the events that are read from the log. */
    private static final class CountingEngine extends InMemoryEventStorageEngine {
        int eventsRead;

        /** Does not count as reading events, as in a database. */
        @Override
        public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
            return super.readEvents(aggregateIdentifier, 0)
                    .asStream()
                    .<Long>map(event -> event.getSequenceNumber())
                    .max(Long::compare);
        }

        @Override
        public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
            return DomainEventStream.of(super.readEvents(aggregateIdentifier, firstSequenceNumber)
                    .asStream()
                    .peek(event -> eventsRead++));
        }
    }

    @BeforeEach
    void start() {
        engine = new CountingEngine();
        EmbeddedEventStore store =
                EmbeddedEventStore.builder().storageEngine(engine).build();
        log = new TestMarketLog(store);
        log.open(DAY.symbol());
        files = new DayFiles(folder);
        plain = new CandleLog(store);
        cached = new CandleLog(store, files);
    }

    @Test
    void readsDayWithItsRevisionsInOrderOfTheLog() {
        log.bars(DAY, CandleSource.HISTORY, 0, 2, 0);
        log.append(DAY, new GapDetected(DAY, 3, 3, TestMarketLog.at(DAY, 5)));
        log.bars(DAY, CandleSource.LIVE, 4, 4, 0);
        log.bars(DAY, CandleSource.REPAIR, 1, 1, 1);

        CandleDay day = plain.read(DAY);

        assertThat(day.size()).isEqualTo(5);
        assertThat(day.lastSequence()).isEqualTo(3);
        assertThat(day.position()).contains(new LogPosition(DAY.toString(), 3));
        int[] minutes = {0, 1, 2, 4, 1};
        int[] revisions = {0, 0, 0, 0, 1};
        long[] sequences = {0, 0, 0, 2, 3};
        for (int row = 0; row < day.size(); row++) {
            assertThat(day.minute(row)).isEqualTo(minutes[row]);
            assertThat(day.revision(row)).isEqualTo(revisions[row]);
            assertThat(day.sequence(row)).isEqualTo(sequences[row]);
            assertThat(day.openTime(row))
                    .isEqualTo(TestMarketLog.at(DAY, minutes[row]).toEpochMilli());
            var bar = TestMarketLog.bar(DAY, minutes[row], revisions[row]);
            assertThat(day.open(row)).isEqualTo(bar.open().doubleValue());
            assertThat(day.high(row)).isEqualTo(bar.high().doubleValue());
            assertThat(day.low(row)).isEqualTo(bar.low().doubleValue());
            assertThat(day.close(row)).isEqualTo(bar.close().doubleValue());
            assertThat(day.volume(row)).isEqualTo(bar.volume().doubleValue());
            assertThat(day.quoteVolume(row)).isEqualTo(bar.quoteVolume().doubleValue());
            assertThat(day.trades(row)).isEqualTo(bar.trades());
            assertThat(day.takerBuyVolume(row)).isEqualTo(bar.takerBuyVolume().doubleValue());
            assertThat(day.takerBuyQuoteVolume(row))
                    .isEqualTo(bar.takerBuyQuoteVolume().doubleValue());
        }
    }

    @Test
    void historyCountsAsKnownAtItsCloseAndTheRestWhenReceived() {
        log.bars(DAY, CandleSource.HISTORY, 0, 1, 0);
        log.bars(DAY, CandleSource.REPAIR, 1, 2, 1, TestMarketLog.at(DAY, 77));

        CandleDay day = plain.read(DAY);

        assertThat(day.knownAt(0)).isEqualTo(TestMarketLog.at(DAY, 1).toEpochMilli());
        assertThat(day.knownAt(1)).isEqualTo(TestMarketLog.at(DAY, 2).toEpochMilli());
        assertThat(day.knownAt(2)).isEqualTo(TestMarketLog.at(DAY, 77).toEpochMilli());
        assertThat(day.knownAt(3)).isEqualTo(TestMarketLog.at(DAY, 77).toEpochMilli());
    }

    @Test
    void readsUnknownDayAsEmpty() {
        CandleDay day = cached.read(DAY);
        assertThat(day.isEmpty()).isTrue();
        assertThat(day.position()).isEmpty();
        assertThat(files.file(DAY)).doesNotExist();
    }

    @Test
    void cachesDaysOfNonAsciiSymbolsUnderAsciiFileNames() {
        MarketDayId chinese = MarketDayId.parse("币安人生USDT:1m:2022-01-01");
        log.open(chinese.symbol());
        log.bars(chinese, CandleSource.HISTORY, 0, 1439, 0);
        MarketDayId next = MarketDayId.parse("币安人生USDT:1m:2022-01-02");
        log.bars(next, CandleSource.HISTORY, 0, 0, 0);

        assertThat(cached.read(chinese).size()).isEqualTo(1440);

        Path file = files.file(chinese);
        assertThat(file).exists();
        assertThat(file.toString().chars()).allMatch(c -> c > ' ' && c < 127);
        assertThat(new CandleLog(log.store(), new DayFiles(folder))
                        .read(chinese)
                        .size())
                .isEqualTo(1440);
    }

    @Test
    void readsDayAsOfAnEvent() {
        for (int minute = 0; minute < 1440; minute++) {
            log.bars(DAY, CandleSource.LIVE, minute, minute, 0);
        }
        for (CandleLog any : List.of(plain, cached, cached)) {
            CandleDay day = any.read(new LogPosition(DAY.toString(), 99));
            assertThat(day.size()).isEqualTo(100);
            assertThat(day.lastSequence()).isEqualTo(99);
            assertThat(day.minute(99)).isEqualTo(99);
        }
    }

    @Test
    void cachesCompleteDayAndReadsNoEventsFromThenOn() {
        log.bars(DAY, CandleSource.HISTORY, 0, 1000, 0);
        cached.read(DAY);
        assertThat(files.file(DAY)).doesNotExist();
        log.bars(DAY, CandleSource.LIVE, 1001, 1439, 0);
        CandleDay whole = cached.read(DAY);
        assertThat(files.file(DAY)).exists();

        engine.eventsRead = 0;
        assertThat(cached.read(DAY)).isEqualTo(whole).isEqualTo(plain.read(DAY));
        assertThat(engine.eventsRead).isEqualTo(2);
    }

    @Test
    void addsEventsRecordedSinceTheDayWasCached() {
        log.bars(DAY, CandleSource.HISTORY, 0, 1439, 0);
        cached.read(DAY);
        log.bars(DAY, CandleSource.REPAIR, 700, 700, 1);

        CandleDay day = cached.read(DAY);

        assertThat(day.size()).isEqualTo(1441);
        assertThat(day.lastSequence()).isEqualTo(1);
        assertThat(day).isEqualTo(plain.read(DAY));
        engine.eventsRead = 0;
        assertThat(cached.read(DAY)).isEqualTo(day);
        assertThat(engine.eventsRead).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 30, 60, 70, 5_000, 100_000})
    void ignoresDamagedFileAndRewritesIt(int place) throws IOException {
        log.bars(DAY, CandleSource.HISTORY, 0, 1439, 0);
        CandleDay whole = cached.read(DAY);
        byte[] sound = Files.readAllBytes(files.file(DAY));
        byte[] bytes = sound.clone();
        bytes[place] ^= 0x40;
        Files.write(files.file(DAY), bytes);

        assertThat(cached.read(DAY)).isEqualTo(whole);

        assertThat(files.file(DAY)).hasBinaryContent(sound);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 1000})
    void ignoresTruncatedFile(int length) throws IOException {
        log.bars(DAY, CandleSource.HISTORY, 0, 1439, 0);
        CandleDay whole = cached.read(DAY);
        Files.write(files.file(DAY), java.util.Arrays.copyOf(Files.readAllBytes(files.file(DAY)), length));
        assertThat(cached.read(DAY)).isEqualTo(whole);
    }

    @Test
    void ignoresFileWrittenFromAnotherLog() {
        log.bars(DAY, CandleSource.HISTORY, 0, 1439, 0);
        cached.read(DAY);

        EmbeddedEventStore other = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        TestMarketLog otherLog = new TestMarketLog(other);
        otherLog.open(DAY.symbol());
        otherLog.bars(DAY, CandleSource.HISTORY, 0, 1439, 5);

        assertThat(new CandleLog(other, files).read(DAY)).isEqualTo(new CandleLog(other).read(DAY));
        EmbeddedEventStore empty = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        assertThat(new CandleLog(empty, files).read(DAY).isEmpty()).isTrue();
    }

    @Test
    void cachesNothingOfAMarketThatWasNeverOpened() {
        EmbeddedEventStore other = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        new TestMarketLog(other).bars(DAY, CandleSource.HISTORY, 0, 1439, 0);
        assertThat(new CandleLog(other, files).read(DAY).size()).isEqualTo(1440);
        assertThat(files.file(DAY)).doesNotExist();
    }

    @Test
    void worksWithoutAWritableFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("not-a-folder"), "");
        CandleLog blocked = new CandleLog(log.store(), new DayFiles(file));
        log.bars(DAY, CandleSource.HISTORY, 0, 1439, 0);
        assertThat(blocked.read(DAY)).isEqualTo(plain.read(DAY));
    }

    @Test
    void ignoresSnapshots() {
        log.bars(DAY, CandleSource.LIVE, 0, 0, 0);
        log.bars(DAY, CandleSource.LIVE, 1, 1, 0);
        log.store().storeSnapshot(new GenericDomainEventMessage<>("MarketDay", DAY.toString(), 1, "state"));
        assertThat(plain.read(DAY).size()).isEqualTo(2);
    }

    @Test
    void streamsDaysInOrderIncludingEmptyOnes() {
        LocalDate first = DAY.day();
        log.bars(day(0), CandleSource.HISTORY, 0, 1439, 0);
        log.bars(day(2), CandleSource.HISTORY, 0, 9, 0);
        assertThat(cached.days(DAY.symbol(), DAY.interval(), first, first.plusDays(3)))
                .extracting(CandleDay::size)
                .containsExactly(1440, 0, 10, 0);
    }

    @Test
    void streamsDaysUpToAnEvent() {
        log.bars(day(0), CandleSource.HISTORY, 0, 1439, 0);
        log.bars(day(1), CandleSource.LIVE, 0, 0, 0);
        log.bars(day(1), CandleSource.LIVE, 1, 1, 0);
        assertThat(plain.days(DAY.day(), new LogPosition(day(1).toString(), 0)))
                .extracting(CandleDay::size)
                .containsExactly(1440, 1);
    }

    @Test
    void findsLastPositionOfASymbol() {
        LocalDate first = DAY.day();
        assertThat(plain.lastPosition(DAY.symbol(), DAY.interval(), first.plusDays(9), first))
                .isEmpty();
        log.bars(day(0), CandleSource.HISTORY, 0, 1439, 0);
        log.bars(day(2), CandleSource.LIVE, 0, 0, 0);
        log.bars(day(2), CandleSource.LIVE, 1, 1, 0);
        assertThat(plain.lastPosition(DAY.symbol(), DAY.interval(), first.plusDays(9), first))
                .contains(new LogPosition(day(2).toString(), 1));
        assertThat(plain.lastPosition(DAY.symbol(), DAY.interval(), first.plusDays(1), first))
                .contains(new LogPosition(day(0).toString(), 0));
    }

    private static MarketDayId day(int later) {
        return new MarketDayId(DAY.symbol(), DAY.interval(), DAY.day().plusDays(later));
    }
}
