package io.hindcast.command.prediction;

import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfillEvent;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.api.prediction.RecordBackfillScores;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The bars or texts of a day that a backfill holds, and the decision which further ones are recorded. */
final class BackfilledRows {

    private final BitSet minutes = new BitSet();
    private final Set<TextId> texts = new HashSet<>();

    /** Returns the event that records the bars not held yet, empty if all are held, or throws the refusal. */
    Optional<BackfillEvent> decide(RecordBackfillDay command) {
        BackfillRules.check(command);
        BackfilledBars bars = command.bars();
        BitSet before = (BitSet) minutes.clone();
        List<Integer> rows = rows(bars.size(), row -> {
            int minute = bars.minute().get(row);
            boolean held = before.get(minute);
            before.set(minute);
            return !held;
        });
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackfillDayRecorded(
                        command.backfillDay(), command.scorer(), command.recordedAt(), bars.select(rows)));
    }

    /** Returns the event that records the texts not held yet, empty if all are held, or throws the refusal. */
    Optional<BackfillEvent> decide(RecordBackfillScores command) {
        BackfillRules.check(command);
        BackfilledScores scores = command.scores();
        Set<TextId> before = new HashSet<>(texts);
        List<Integer> rows = rows(scores.size(), row -> before.add(scores.text(row)));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackfillScoresRecorded(
                        command.backfillDay(), command.scorer(), command.recordedAt(), scores.select(rows)));
    }

    private static List<Integer> rows(int size, IntPredicate fresh) {
        return IntStream.range(0, size).filter(fresh).boxed().toList();
    }

    void evolve(BackfillEvent event) {
        switch (event) {
            case BackfillDayRecorded recorded -> recorded.bars().minute().forEach(minutes::set);
            case BackfillScoresRecorded recorded ->
                IntStream.range(0, recorded.scores().size())
                        .mapToObj(recorded.scores()::text)
                        .forEach(texts::add);
        }
    }
}
