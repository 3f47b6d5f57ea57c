package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.RequestPurpose;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.RetryPolicy;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** Import of history with unusable rows: their minutes are gaps, and they are reported once. */
class HistoryImportTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate ORIGIN = LocalDate.of(2024, 1, 1);
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final int DAYS = 2;
    private static final int MINUTES = DAYS * 1440;
    private static final Instant END = BEGIN.plus(Duration.ofDays(DAYS));
    private static final List<Candle> BARS = bars();

    private FakeMarketBus bus = new FakeMarketBus();
    private Outages outages = new Outages(InstantSource.system());
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private List<String> shown = new ArrayList<>();

    @BeforeTry
    void begin() {
        bus = new FakeMarketBus();
        outages = new Outages(InstantSource.system());
        meters = new SimpleMeterRegistry();
        shown = new ArrayList<>();
    }

    private static List<Candle> bars() {
        SyntheticTape tape = new SyntheticTape(BTC, 1, ORIGIN);
        List<Candle> bars = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            bars.addAll(Objects.requireNonNull(tape.day(ORIGIN.plusDays(day))).candles(0, Long.MAX_VALUE));
        }
        return bars;
    }

    private static String row(Candle bar, long openMillis, String volume) {
        return "[" + openMillis + ",\"" + bar.open() + "\",\"" + bar.high() + "\",\"" + bar.low() + "\",\""
                + bar.close()
                + "\",\"" + volume + "\"," + (bar.openTime().toEpochMilli() + 59_999) + ",\"" + bar.quoteVolume()
                + "\","
                + bar.trades() + ",\"" + bar.takerBuyVolume() + "\",\"" + bar.takerBuyQuoteVolume() + "\",\"0\"]";
    }

    private static String good(int minute) {
        Candle bar = BARS.get(minute);
        return row(bar, bar.openTime().toEpochMilli(), bar.volume().toPlainString());
    }

    private static long millis(int minute) {
        return BEGIN.toEpochMilli() + 60_000L * minute;
    }

    /**
     * Makes a row unusable, in any of nine ways; only the first changes the time under which the exchange serves it.
     */
    private static void makeUnusable(RowExchange exchange, int minute, int kind) {
        Candle bar = BARS.get(minute);
        long time = millis(minute);
        switch (kind) {
            case 0 -> {
                exchange.rows.remove(time);
                exchange.rows.put(time + 14_789, row(bar, time + 14_789, "5"));
            }
            case 1 -> exchange.rows.put(time, row(bar, time, "-5"));
            case 2 -> exchange.rows.put(time, row(bar, time, "many"));
            case 3 -> exchange.rows.put(time, "[]");
            case 4 -> exchange.rows.put(time, "[" + time + ",\"1\"]");
            case 5 -> exchange.rows.put(time, good(minute).replace("" + time, "\"never\""));
            case 6 -> exchange.rows.put(time, good(minute).replace("" + time, "9000000000000000"));
            case 7 -> exchange.rows.put(time, good(minute).replace("" + time, "1"));
            default -> exchange.rows.put(time, good(minute).replace("" + (time + 59_999), "" + (time + 299_999)));
        }
    }

    private long run(RowExchange exchange, Instant from) throws InterruptedException {
        InstantSource now = () -> END.plusSeconds(30);
        FeedStatus status = new FeedStatus(outages, meters, now, System::nanoTime);
        FakeWallTimer waits = new FakeWallTimer(END);
        Backoff quick = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        try (BinanceRest rest = new BinanceRest(
                new BinanceRest.Settings(exchange.url(), Duration.ofSeconds(30), Duration.ofSeconds(30), quick),
                now,
                waits,
                waits,
                new SplittableRandom(1),
                status)) {
            rest.requireReachable();
            SymbolFeedReporter symbol = status.add(BTC);
            CommandSender commands = new CommandSender(
                    BTC,
                    bus,
                    new FeedSettings.Commands(Duration.ofSeconds(30), RetryPolicy.of(5, quick)),
                    waits,
                    new SplittableRandom(1),
                    symbol);
            CandleRecorder recorder = new CandleRecorder(BTC, bus, commands, symbol);
            ProgressReporter progress = (name, total, unit) -> {
                shown.add(name + ": " + total + " " + unit);
                return new ProgressReporter.Task() {
                    @Override
                    public void at(long done, String note) {
                        shown.add(done + " " + unit + ", " + note);
                    }

                    @Override
                    public void close() {}
                };
            };
            return new HistoryImport(
                            BTC,
                            PastCandleSource.of(rest, RequestPurpose.IMPORT),
                            recorder,
                            rest.serverTime()::now,
                            4,
                            progress)
                    .run(from, END);
        }
    }

    private BitSet confirmed() {
        BitSet minutes = new BitSet();
        for (ConfirmGap gap : bus.confirmed()) {
            int day = (int) (gap.marketDay().day().toEpochDay() - ORIGIN.toEpochDay());
            minutes.set(day * 1440 + gap.fromMinute(), day * 1440 + gap.toMinute() + 1);
        }
        return minutes;
    }

    private void assertEachMinuteIsHeldOrAGap(Set<Integer> bad) {
        BitSet gaps = confirmed();
        for (int minute = 0; minute < MINUTES; minute++) {
            boolean held = bus.bars(BTC).containsKey(BEGIN.plusSeconds(60L * minute));
            assertThat(held).as("minute " + minute).isEqualTo(!bad.contains(minute));
            assertThat(gaps.get(minute)).as("gap of minute " + minute).isEqualTo(bad.contains(minute));
        }
    }

    private void assertReportedOnce(int count) {
        assertThat(outages.losses()).hasSize(1);
        Outage loss = outages.losses().getFirst();
        assertThat(loss.part()).isEqualTo("history of BTCUSDT");
        assertThat(loss.summary()).contains(String.format("%,d row", count), "can't be used", "shown as gaps");
        assertThat(meters.get("hindcast.feed.refused").counter().count()).isEqualTo(count);
    }

    @Example
    void importsHistoryFromTheMinuteOfAFirstRowThatIsOffTheMinute() throws IOException, InterruptedException {
        try (RowExchange exchange = new RowExchange(END.plusSeconds(30))) {
            for (int minute = 0; minute < MINUTES; minute++) {
                exchange.rows.put(millis(minute), good(minute));
            }
            makeUnusable(exchange, 0, 0);
            assertThat(run(exchange, BEGIN.minus(Duration.ofDays(3)))).isEqualTo(MINUTES - 1);
            assertEachMinuteIsHeldOrAGap(Set.of(0));
            assertThat(bus.reported()).hasSize(1);
            assertReportedOnce(1);
        }
    }

    @Example
    void reportsHoursOffTheMinuteOnceWithTheirRange() throws IOException, InterruptedException {
        try (RowExchange exchange = new RowExchange(END.plusSeconds(30))) {
            TreeSet<Integer> bad = new TreeSet<>();
            for (int minute = 0; minute < MINUTES; minute++) {
                exchange.rows.put(millis(minute), good(minute));
                if (minute >= 200 && minute < 2000) {
                    makeUnusable(exchange, minute, 0);
                    bad.add(minute);
                }
            }
            assertThat(run(exchange, BEGIN)).isEqualTo(MINUTES - 1800);
            assertEachMinuteIsHeldOrAGap(bad);
            assertReportedOnce(1800);
            assertThat(outages.losses().getFirst().problem())
                    .contains("from 2024-01-01T03:20:14.789Z to 2024-01-02T09:19:14.789Z", "a whole minute");
        }
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void leavesOutUnusableRowsAlone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count, @ForAll boolean first)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<Integer> places = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            places.add(minute);
        }
        Collections.shuffle(places, random);
        TreeSet<Integer> bad = new TreeSet<>(places.subList(0, count));
        if (first) {
            bad.add(0);
        }
        try (RowExchange exchange = new RowExchange(END.plusSeconds(30))) {
            for (int minute = 0; minute < MINUTES; minute++) {
                exchange.rows.put(millis(minute), good(minute));
            }
            bad.forEach(minute -> makeUnusable(exchange, minute, random.nextInt(9)));
            assertThat(run(exchange, BEGIN)).isEqualTo(MINUTES - bad.size());
            assertEachMinuteIsHeldOrAGap(bad);
            assertReportedOnce(bad.size());
        }
    }

    @Example
    void countsBarsReadNotTheTimeSpan() throws IOException, InterruptedException {
        try (RowExchange exchange = new RowExchange(END.plusSeconds(30))) {
            for (int minute = 0; minute < MINUTES; minute += 5) {
                exchange.rows.put(millis(minute), good(minute));
            }
            assertThat(run(exchange, BEGIN)).isEqualTo(576);
            assertThat(shown)
                    .containsExactly(
                            "Importing BTCUSDT: 2 days",
                            "1 days, 288 candles up to 2024-01-01",
                            "2 days, 576 candles up to 2024-01-02");
            assertThat(meters.get("hindcast.feed.candles")
                            .tag("source", "HISTORY")
                            .counter()
                            .count())
                    .isEqualTo(576);
            run(exchange, BEGIN);
            assertThat(meters.get("hindcast.feed.candles")
                            .tag("source", "HISTORY")
                            .counter()
                            .count())
                    .as("bars held already are not recorded again")
                    .isEqualTo(576);
        }
    }

    @Example
    void makesAGapOfARefusedBar() throws IOException, InterruptedException {
        try (RowExchange exchange = new RowExchange(END.plusSeconds(30))) {
            for (int minute = 0; minute < MINUTES; minute++) {
                exchange.rows.put(millis(minute), good(minute));
            }
            bus.refuse(bar -> bar.openTime().equals(BEGIN.plusSeconds(60 * 700)));
            assertThat(run(exchange, BEGIN)).isEqualTo(MINUTES - 1);
            assertEachMinuteIsHeldOrAGap(Set.of(700));
        }
    }
}
