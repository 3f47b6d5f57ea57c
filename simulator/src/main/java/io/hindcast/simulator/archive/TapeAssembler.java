package io.hindcast.simulator.archive;

import io.hindcast.api.Refusal;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.UtcDay;
import io.hindcast.simulator.tape.TapeDay;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Assembles the candles of an archive's files, in any order, into days. Not thread-safe. */
final class TapeAssembler {

    private static final long DAY_MILLIS = UtcDay.LENGTH.toMillis();
    private static final long MINUTE_MILLIS = Interval.ONE_MINUTE.millis();

    private final NavigableMap<LocalDate, TapeDay.Builder> days = new TreeMap<>();

    /**
     * Adds all candles of a file. A repeated candle, as in files that overlap, changes nothing. A different one of the
     * same minute is left out within a file; in another file it is refused, since either could be right.
     */
    void read(Path file, KlineReader reader) {
        Map<LocalDate, BitSet> ofThisFile = new HashMap<>();
        TapeDay.@Nullable Builder day = null;
        long current = Long.MIN_VALUE;
        while (reader.next()) {
            long opened = reader.openMillis();
            LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(opened, DAY_MILLIS));
            if (day == null || date.toEpochDay() != current) {
                day = days.computeIfAbsent(date, TapeDay.Builder::new);
                current = date.toEpochDay();
            }
            BitSet minutes = ofThisFile.computeIfAbsent(date, d -> new BitSet());
            int minute = (int) (Math.floorMod(opened, DAY_MILLIS) / MINUTE_MILLIS);
            Candle held = day.at(opened);
            if (held == null) {
                if (reader.addTo(day)) {
                    minutes.set(minute);
                }
            } else if (!held.equals(reader.candle())) {
                if (!minutes.get(minute)) {
                    throw BadArchiveException.line(
                            file,
                            reader.line(),
                            "a candle of " + Instant.ofEpochMilli(opened) + " that differs from an earlier file's",
                            "files that agree (take one of the two out)");
                }
                reader.leaveOut(new Refusal(
                        "BAD_CANDLE",
                        "candle at " + Instant.ofEpochMilli(opened),
                        "different from an earlier one of this minute in the file",
                        "one candle a minute"));
            }
        }
    }

    boolean isEmpty() {
        return days.values().stream().allMatch(day -> day.size() == 0);
    }

    /** Returns the days that have candles. */
    NavigableMap<LocalDate, TapeDay> build() {
        NavigableMap<LocalDate, TapeDay> built = new TreeMap<>();
        days.forEach((date, day) -> {
            if (day.size() > 0) {
                built.put(date, day.build());
            }
        });
        return built;
    }
}
