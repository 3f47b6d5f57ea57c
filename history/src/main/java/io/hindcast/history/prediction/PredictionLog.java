package io.hindcast.history.prediction;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.PredictionDayId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads from the log which bars and texts a version has predictions of. Thread-safe. */
public final class PredictionLog {

    private final EventStore events;

    public PredictionLog(EventStore events) {
        this.events = events;
    }

    /** Returns the minutes of a UTC day that a version's lane predicted. */
    public BitSet predicted(VersionId version, LocalDate day) {
        BitSet minutes = new BitSet();
        BackfillDayId id = new BackfillDayId(version, day);
        each(new PredictionDayId(id.marketDay()).toString(), payload -> {
            if (payload instanceof PredictionsRecorded event) {
                Predictions rows = event.predictions();
                int index = rows.versions().indexOf(version);
                for (int row = 0; index >= 0 && row < rows.size(); row++) {
                    if (rows.version().get(row) == index) {
                        minutes.set(rows.minute().get(row));
                    }
                }
            }
        });
        return minutes;
    }

    /**
     * Returns a version's predictions of a UTC day, in the order in which they were recorded, its lane's first.
     *
     * @param ofLane whether to read those of its lane, which takes one event a bar
     */
    public List<RecordedPrediction> recorded(BackfillDayId day, boolean ofLane) {
        List<RecordedPrediction> recorded = new ArrayList<>();
        if (ofLane) {
            each(new PredictionDayId(day.marketDay()).toString(), payload -> {
                if (payload instanceof PredictionsRecorded event) {
                    addRows(recorded, event, day.version());
                }
            });
        }
        each(day.toString(), payload -> {
            if (payload instanceof BackfillDayRecorded event) {
                BackfilledBars bars = event.bars();
                for (int row = 0; row < bars.size(); row++) {
                    recorded.add(new RecordedPrediction(
                            bars.minute().get(row),
                            PredictionOrigin.RECONCILED,
                            event.scorer(),
                            bars.sell().get(row),
                            bars.hold().get(row),
                            bars.buy().get(row)));
                }
            }
        });
        return recorded;
    }

    private static void addRows(List<RecordedPrediction> recorded, PredictionsRecorded event, VersionId version) {
        Predictions rows = event.predictions();
        int index = rows.versions().indexOf(version);
        for (int row = 0; index >= 0 && row < rows.size(); row++) {
            if (rows.version().get(row) == index) {
                recorded.add(new RecordedPrediction(
                        rows.minute().get(row),
                        event.origin().get(row),
                        rows.scorers().get(index),
                        rows.sell().get(row),
                        rows.hold().get(row),
                        rows.buy().get(row)));
            }
        }
    }

    /** Returns what backfills of a version hold about texts that became known on a UTC day. */
    public List<BackfilledScores> backfilledScores(BackfillDayId day) {
        List<BackfilledScores> scores = new ArrayList<>();
        each(day.toString(), payload -> {
            if (payload instanceof BackfillScoresRecorded event) {
                scores.add(event.scores());
            }
        });
        return scores;
    }

    /** Returns the minutes of a UTC day that backfills of a version hold. */
    public BitSet backfilled(BackfillDayId day) {
        BitSet minutes = new BitSet();
        each(day.toString(), payload -> {
            if (payload instanceof BackfillDayRecorded event) {
                event.bars().minute().forEach(minutes::set);
            }
        });
        return minutes;
    }

    /** Returns the texts that became known on a UTC day and that backfills of a version hold. */
    public Set<TextId> backfilledTexts(BackfillDayId day) {
        Set<TextId> texts = new HashSet<>();
        each(day.toString(), payload -> {
            if (payload instanceof BackfillScoresRecorded event) {
                IntStream.range(0, event.scores().size())
                        .mapToObj(event.scores()::text)
                        .forEach(texts::add);
            }
        });
        return texts;
    }

    private void each(String aggregateId, Consumer<Object> payload) {
        DomainEventStream stream = events.readEvents(aggregateId, 0);
        while (stream.hasNext()) {
            payload.accept(stream.next().getPayload());
        }
    }
}
