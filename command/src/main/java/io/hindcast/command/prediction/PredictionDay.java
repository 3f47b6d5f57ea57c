package io.hindcast.command.prediction;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Interval;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.RecordPredictions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the lanes of one symbol said about one UTC day. A version speaks about a minute once: the first word stays,
 * whatever comes after is dropped. A command is taken or refused as a whole.
 */
public class PredictionDay {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private final Map<VersionId, BitSet> said = new TreeMap<>();

    /** For Axon. */
    public PredictionDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PredictionsReceipt handle(RecordPredictions command) {
        check(command);
        List<Integer> fresh = unsaid(command.predictions());
        if (!fresh.isEmpty()) {
            Predictions kept = fresh.size() == command.predictions().size()
                    ? command.predictions()
                    : rows(command.predictions(), fresh);
            apply(new PredictionsRecorded(command.predictionDay(), command.recordedAt(), kept, origins(command, kept)));
        }
        return new PredictionsReceipt(fresh.size(), command.predictions().size() - fresh.size());
    }

    private static void check(RecordPredictions command) {
        Predictions rows = command.predictions();
        String day = command.predictionDay().toString();
        if (rows.size() == 0) {
            throw RefusedException.of("NO_PREDICTIONS", "predictions for " + day, "empty", "1 row or more");
        }
        if (new HashSet<>(rows.versions()).size() != rows.versions().size()) {
            throw RefusedException.of("BAD_VERSION", "versions for " + day, rows.versions(), "each version once");
        }
        for (VersionId version : rows.versions()) {
            if (!version.model().symbol().equals(command.predictionDay().symbol())) {
                throw RefusedException.of(
                        "BAD_VERSION",
                        "version for " + day,
                        version,
                        "one of " + command.predictionDay().symbol());
            }
        }
        int perDay = command.predictionDay().interval().perDay();
        for (int row = 0; row < rows.size(); row++) {
            String subject = " of row " + row + " for " + day;
            int version = rows.version().get(row);
            int minute = rows.minute().get(row);
            int revision = rows.barRevision().get(row);
            if (version < 0 || version >= rows.versions().size()) {
                throw RefusedException.of(
                        "BAD_VERSION",
                        "version" + subject,
                        version,
                        "an index below " + rows.versions().size());
            }
            if (minute < 0 || minute >= perDay) {
                throw RefusedException.of("OUT_OF_DAY", "minute" + subject, minute, "0 to " + (perDay - 1));
            }
            if (revision < 0) {
                throw RefusedException.of("BAD_REVISION", "barRevision" + subject, revision, "0 or more");
            }
            try {
                rows.probabilities(row);
            } catch (IllegalArgumentException e) {
                throw RefusedException.of(
                        "BAD_PROBABILITIES",
                        "probabilities" + subject,
                        rows.sell().get(row) + ", " + rows.hold().get(row) + ", "
                                + rows.buy().get(row),
                        "three of 0 or more that add up to 1");
            }
        }
    }

    private List<Integer> unsaid(Predictions rows) {
        List<Integer> fresh = new ArrayList<>(rows.size());
        Map<VersionId, BitSet> inCommand = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            VersionId version = rows.versionOf(row);
            int minute = rows.minute().get(row);
            BitSet before = said.get(version);
            BitSet now = inCommand.computeIfAbsent(version, v -> new BitSet());
            if ((before == null || !before.get(minute)) && !now.get(minute)) {
                now.set(minute);
                fresh.add(row);
            }
        }
        return fresh;
    }

    private static List<PredictionOrigin> origins(RecordPredictions command, Predictions kept) {
        Interval interval = command.predictionDay().interval();
        Instant midnight =
                command.predictionDay().day().atStartOfDay(ZoneOffset.UTC).toInstant();
        List<PredictionOrigin> origins = new ArrayList<>(kept.size());
        for (int row = 0; row < kept.size(); row++) {
            Instant openTime =
                    midnight.plusMillis(interval.millis() * kept.minute().get(row));
            origins.add(PredictionOrigin.at(openTime, interval, command.recordedAt()));
        }
        return origins;
    }

    /** Some rows, with only the versions that these are of. */
    private static Predictions rows(Predictions all, List<Integer> rows) {
        List<VersionId> versions = new ArrayList<>();
        List<ScorerSpec> scorers = new ArrayList<>();
        List<Integer> version = new ArrayList<>();
        List<Integer> minute = new ArrayList<>();
        List<Integer> barRevision = new ArrayList<>();
        List<Double> sell = new ArrayList<>();
        List<Double> hold = new ArrayList<>();
        List<Double> buy = new ArrayList<>();
        for (int row : rows) {
            int index = versions.indexOf(all.versionOf(row));
            if (index < 0) {
                index = versions.size();
                versions.add(all.versionOf(row));
                scorers.add(all.scorers().get(all.version().get(row)));
            }
            version.add(index);
            minute.add(all.minute().get(row));
            barRevision.add(all.barRevision().get(row));
            sell.add(all.sell().get(row));
            hold.add(all.hold().get(row));
            buy.add(all.buy().get(row));
        }
        return new Predictions(versions, scorers, version, minute, barRevision, sell, hold, buy);
    }

    @EventSourcingHandler
    void on(PredictionsRecorded event) {
        aggregateId = event.predictionDay().toString();
        Predictions rows = event.predictions();
        for (int row = 0; row < rows.size(); row++) {
            said.computeIfAbsent(rows.versionOf(row), v -> new BitSet())
                    .set(rows.minute().get(row));
        }
    }
}
