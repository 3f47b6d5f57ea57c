package io.hindcast.offline;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.simulator.archive.ArchiveTape;
import io.hindcast.simulator.tape.TapeDay;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kline archive as what models learn from: the same rows as the platform makes of it after importing it. */
public final class MarketArchive {

    private final ArchiveTape tape;

    private MarketArchive(ArchiveTape tape) {
        this.tape = tape;
    }

    /** Reads and checks all of it; without a symbol the file's name says it. */
    public static MarketArchive open(Path path, @Nullable String symbol) {
        return new MarketArchive(symbol == null ? ArchiveTape.open(path) : ArchiveTape.open(new Symbol(symbol), path));
    }

    public Symbol symbol() {
        return tape.symbol();
    }

    /** File and digest. */
    public String description() {
        return tape.description();
    }

    /** Says which rows of its files are no candles and were left out; empty if all are. */
    public Optional<String> leftOut() {
        return tape.unusable().count() == 0
                ? Optional.empty()
                : Optional.of(tape.unusable() + ". The other " + String.format(Locale.ROOT, "%,d", tape.bars())
                        + " are used; the minutes without a candle are gaps.");
    }

    /** From the day of its first bar to that of its last. */
    public Days days() {
        return new Days(dayOf(tape.firstOpenTime()), dayOf(tape.lastOpenTime().orElseThrow()));
    }

    /**
     * The bars that open on these days and have an outcome there, as rows.
     *
     * @param scores of articles, which bars may know
     */
    public Dataset dataset(
            DatasetBuilder builder,
            Days days,
            List<Sentiment.Score> scores,
            ProgressReporter progress,
            Cancellation cancellation) {
        Days needed = new Days(dayOf(builder.barsNeededFrom(days.first())), days.to());
        Dataset dataset = builder.build(bars(needed, progress, cancellation), scores, days.first(), days.last());
        cancellation.check();
        return dataset;
    }

    /** The bars that open on these days, as imported history. */
    List<KnownBar> bars(Days days, ProgressReporter progress, Cancellation cancellation) {
        LocalDate first = days.from();
        List<KnownBar> bars = new ArrayList<>();
        long count = days.to().toEpochDay() - first.toEpochDay() + 1;
        try (ProgressReporter.Task task = progress.begin("Preparing " + tape.symbol(), count, "days")) {
            for (LocalDate day = first; !day.isAfter(days.to()); day = day.plusDays(1)) {
                cancellation.check();
                TapeDay held = tape.day(day);
                for (int row = 0; held != null && row < held.size(); row++) {
                    Bar bar = Bar.of(held.candle(row));
                    // history imported before a market goes live counts as known at its own close
                    bars.add(KnownBar.atClose(bar));
                }
                task.at(day.toEpochDay() - first.toEpochDay() + 1, "");
            }
            return bars;
        }
    }

    /** Where a log that has imported these days, each in one event, would have been read up to. */
    public LogPosition position(Days days) {
        return new LogPosition(
                MarketDayId.holding(tape.symbol(), Interval.ONE_MINUTE, days.last())
                        .toString(),
                0);
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
