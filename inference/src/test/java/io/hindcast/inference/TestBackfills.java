package io.hindcast.inference;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.api.prediction.RecordBackfillScores;
import io.hindcast.history.model.ModelHistory.BackfillState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Simple versions of the rules about backfills, and what the log has of them. */
final class TestBackfills {

    private final TestPlatform platform;

    TestBackfills(TestPlatform platform) {
        this.platform = platform;
    }

    private BackfillState state(VersionId version) {
        return platform.version(version).backfill();
    }

    @Nullable Object begin(BeginBackfill command) {
        synchronized (platform) {
            VersionId id = command.model().version(command.number());
            if (state(id) != BackfillState.PENDING) {
                throw RefusedException.of("NO_BACKFILL", "backfill of " + id, state(id), "a pending one");
            }
            append(id.model(), new BackfillBegun(id, command.from(), command.to(), command.days(), command.begunAt()));
            return null;
        }
    }

    @Nullable Object complete(CompleteBackfill command) {
        synchronized (platform) {
            VersionId id = command.model().version(command.number());
            if (state(id) != BackfillState.COMPLETE) {
                append(id.model(), new BackfillCompleted(id, command.backfill(), command.completedAt()));
            }
            return null;
        }
    }

    @Nullable Object giveUp(GiveUpBackfill command) {
        synchronized (platform) {
            VersionId id = command.model().version(command.number());
            if (state(id) == BackfillState.PENDING) {
                append(id.model(), new BackfillGivenUp(id, command.reason(), command.givenUpAt()));
            }
            return null;
        }
    }

    @Nullable Object request(RequestBackfill command) {
        synchronized (platform) {
            VersionId id = command.model().version(command.number());
            if (state(id) != BackfillState.PENDING) {
                append(id.model(), new BackfillRequested(id, command.reason(), command.requestedAt()));
            }
            return null;
        }
    }

    PredictionsReceipt record(RecordBackfillDay command) {
        synchronized (platform) {
            Set<Integer> held = new HashSet<>();
            for (Object payload : platform.payloads(command.backfillDay().toString())) {
                held.addAll(((BackfillDayRecorded) payload).bars().minute());
            }
            BackfilledBars bars = command.bars();
            List<Integer> fresh = IntStream.range(0, bars.size())
                    .filter(row -> held.add(bars.minute().get(row)))
                    .boxed()
                    .toList();
            if (!fresh.isEmpty()) {
                platform.append(
                        command.backfillDay().toString(),
                        new BackfillDayRecorded(
                                command.backfillDay(), command.scorer(), command.recordedAt(), bars.select(fresh)));
            }
            return new PredictionsReceipt(fresh.size(), bars.size() - fresh.size());
        }
    }

    PredictionsReceipt record(RecordBackfillScores command) {
        synchronized (platform) {
            Set<TextId> held = new HashSet<>();
            for (Object payload : platform.payloads(command.backfillDay().toString())) {
                BackfillScoresRecorded recorded = (BackfillScoresRecorded) payload;
                IntStream.range(0, recorded.rows())
                        .mapToObj(recorded.scores()::text)
                        .forEach(held::add);
            }
            List<Integer> fresh = IntStream.range(0, command.scores().size())
                    .filter(row -> held.add(command.scores().text(row)))
                    .boxed()
                    .toList();
            if (!fresh.isEmpty()) {
                platform.append(
                        command.backfillDay().toString(),
                        new BackfillScoresRecorded(
                                command.backfillDay(),
                                command.scorer(),
                                command.recordedAt(),
                                command.scores().select(fresh)));
            }
            return new PredictionsReceipt(fresh.size(), command.scores().size() - fresh.size());
        }
    }

    /** Asks for a backfill of what became known up to now. */
    void request(VersionId version, Instant at) {
        var _ = request(new RequestBackfill(version.model(), version.number(), "asked by a person", at));
    }

    private void append(ModelId model, Object payload) {
        platform.append(model.toString(), payload);
    }

    /** Backfilled predictions of a version by open time; fails if one is recorded twice. */
    Map<Long, List<Double>> predictions(VersionId version) {
        Map<Long, List<Double>> predicted = new TreeMap<>();
        platform.events().forEach(event -> {
            if (event.getPayload() instanceof BackfillDayRecorded e
                    && e.backfillDay().version().equals(version)) {
                BackfilledBars bars = e.bars();
                for (int row = 0; row < bars.size(); row++) {
                    List<Double> before = predicted.put(
                            openTime(e.backfillDay(), bars.minute().get(row)),
                            List.of(
                                    bars.sell().get(row),
                                    bars.hold().get(row),
                                    bars.buy().get(row)));
                    if (before != null) {
                        throw new AssertionError("recorded twice: " + e.backfillDay() + " " + row);
                    }
                }
            }
        });
        return predicted;
    }

    private static long openTime(BackfillDayId day, int minute) {
        return day.openTime(minute).toEpochMilli();
    }

    /** Backfilled scores of a version by article and number of the text. */
    Map<String, List<Double>> scores(VersionId version) {
        Map<String, List<Double>> scored = new TreeMap<>();
        platform.events().forEach(event -> {
            if (event.getPayload() instanceof BackfillScoresRecorded e
                    && e.backfillDay().version().equals(version)) {
                for (int row = 0; row < e.rows(); row++) {
                    TextId text = e.scores().text(row);
                    List<Double> before = scored.put(
                            text.article() + "/" + text.reading(),
                            List.of(
                                    e.scores().sell().get(row),
                                    e.scores().hold().get(row),
                                    e.scores().buy().get(row)));
                    if (before != null) {
                        throw new AssertionError("recorded twice: " + text);
                    }
                }
            }
        });
        return scored;
    }
}
