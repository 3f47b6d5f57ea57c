package io.hindcast.offline;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Training and evaluation data of a kline archive: the same rows that the platform makes after importing it. */
public final class MarketArchive {

    private final ArchiveTape tape;

    private MarketArchive(ArchiveTape tape) {
        this.tape = tape;
    }

    /** Reads and checks a whole archive. Without a symbol, the file's name begins with it. */
    public static MarketArchive open(Path path, @Nullable String symbol) {
        return new MarketArchive(symbol == null ? ArchiveTape.open(path) : ArchiveTape.open(new Symbol(symbol), path));
    }

    public Symbol symbol() {
        return tape.symbol();
    }

    /** Returns file name and digest. */
    public String description() {
        return tape.description();
    }

    /** Describes the rows that cannot be used; empty if there are none. */
    public Optional<String> unusableRows() {
        return tape.unusable().count() == 0
                ? Optional.empty()
                : Optional.of(tape.unusable() + ". The other " + String.format(Locale.ROOT, "%,d", tape.bars())
                        + " are used; the minutes without a candle are gaps.");
    }

    /** Returns the days from the first candle to the last one. */
    public DayRange days() {
        return new DayRange(
                UtcDay.of(tape.firstOpenTime()), UtcDay.of(tape.lastOpenTime().orElseThrow()));
    }

    /**
     * Builds a dataset of the bars that open on these days and have an outcome there.
     *
     * @param scores article scores for sentiment features
     */
    Dataset dataset(DatasetBuilder builder, DayRange days, List<Sentiment.Score> scores, RunContext context) {
        DayRange needed = new DayRange(UtcDay.of(builder.barsNeededFrom(days.firstMinute())), days.to());
        Dataset dataset = builder.build(bars(needed, context), scores, days.firstMinute(), days.lastMinute());
        context.cancellation().check();
        return dataset;
    }

    /** Returns the bars that open on these days, as imported history. */
    List<KnownBar> bars(DayRange days, RunContext context) {
        LocalDate first = days.from();
        List<KnownBar> bars = new ArrayList<>();
        long count = days.to().toEpochDay() - first.toEpochDay() + 1;
        try (ProgressReporter.Task task = context.progress().begin("Preparing " + tape.symbol(), count, "days")) {
            for (LocalDate day = first; !day.isAfter(days.to()); day = day.plusDays(1)) {
                context.cancellation().check();
                TapeDay held = tape.day(day);
                for (int row = 0; held != null && row < held.size(); row++) {
                    bars.add(KnownBar.atClose(Bar.of(held.candle(row))));
                }
                task.at(day.toEpochDay() - first.toEpochDay() + 1, "");
            }
            return bars;
        }
    }

    /** Returns the position after these days in a log that imported each day in one event. */
    LogPosition position(DayRange days) {
        return new LogPosition(
                MarketDayId.holding(tape.symbol(), Interval.ONE_MINUTE, days.lastMinute())
                        .toString(),
                0);
    }
}
