package io.hindcast.inference.backfill;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.RecordBackfillScores;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.TextOwnership;
import io.hindcast.ml.score.Scorer;
import io.hindcast.runtime.FailureReason;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The texts that became known before a version's lane joined, or that its lane has not scored. Each day holds the
 * articles first seen on it; a score is recorded on the day on which its text became known. Scores stay out of the
 * articles' own streams, from which bars would come to see them.
 */
final class TextPast implements Past {

    private final VersionId version;
    private final Symbol symbol;
    private final BackfillScope scope;
    private final BackfillSources log;
    private final InstantSource marketClock;
    private final DayRecorder recorder;
    /** Moment before which texts are the backfill's. */
    private final Instant end;
    /** The first text that could not be scored, with the reason. */
    private @Nullable String unscored;

    TextPast(
            ModelHistory.Version version,
            BackfillScope scope,
            BackfillSources log,
            InstantSource marketClock,
            DayRecorder recorder) {
        this.version = version.id();
        this.symbol = version.id().model().symbol();
        this.scope = scope;
        this.log = log;
        this.marketClock = marketClock;
        this.recorder = recorder;
        this.end = version.backfillTo()
                .map(requested -> requested.minus(TextOwnership.RECORDED_WITHIN))
                .orElseGet(() -> TextOwnership.laneFrom(
                        version.lane().joinedAt().orElseThrow(),
                        version.registered().trainedAt()));
    }

    /** A text to score, and when it became known to be about the symbol. */
    private record Wanted(ArticleHistory article, Reading reading, Instant firstSeen) {
        TextId text() {
            return new TextId(article.id(), reading.number());
        }

        Instant knownAt() {
            return reading.knownAt().isBefore(firstSeen) ? firstSeen : reading.knownAt();
        }
    }

    @Override
    public SortedSet<LocalDate> missingDays() throws InterruptedException {
        SortedSet<LocalDate> days = new TreeSet<>();
        for (LocalDate day : scope.from().datesUntil(scope.to().plusDays(1)).toList()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!missing(day).isEmpty()) {
                days.add(day);
            }
        }
        return days;
    }

    /** Returns the texts to score of the articles first seen on a day, by the day on which they became known. */
    private SortedMap<LocalDate, List<Wanted>> missing(LocalDate firstSeen) {
        SortedMap<LocalDate, List<Wanted>> missing = new TreeMap<>();
        for (ArticleId id : log.articles().firstSeen(firstSeen, firstSeen).toList()) {
            Optional<ArticleHistory> article = log.articles().read(id);
            Instant about = article.map(known -> known.symbols().get(symbol)).orElse(null);
            if (article.isPresent() && about != null) {
                for (Reading reading : article.get().readings()) {
                    Wanted text = new Wanted(article.get(), reading, about);
                    if (text.knownAt().isBefore(end) && !article.get().isScored(version, reading.number())) {
                        missing.computeIfAbsent(UtcDay.of(text.knownAt()), _ -> new ArrayList<>())
                                .add(text);
                    }
                }
            }
        }
        for (Map.Entry<LocalDate, List<Wanted>> day : missing.entrySet()) {
            Set<TextId> held = log.predictions().backfilledTexts(new BackfillDayId(version, day.getKey()));
            day.getValue().removeIf(text -> held.contains(text.text()));
        }
        missing.values().removeIf(List::isEmpty);
        return missing;
    }

    @Override
    public void compute(SortedSet<LocalDate> days, LoadedModel model, Runnable onRecorded, BooleanSupplier stopped)
            throws InterruptedException {
        unscored = null;
        for (LocalDate day : days) {
            for (Map.Entry<LocalDate, List<Wanted>> known : missing(day).entrySet()) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                record(known.getKey(), known.getValue(), model);
            }
            onRecorded.run();
        }
        if (unscored != null) {
            throw new IllegalStateException(unscored);
        }
    }

    private void record(LocalDate day, List<Wanted> texts, LoadedModel model) throws InterruptedException {
        ScoreColumns scores = new ScoreColumns();
        double[] out = new double[Scorer.CLASSES];
        for (Wanted text : texts) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                // One at a time, as a lane does: a text's score must not depend on the length of others in its batch.
                model.scorer().score(model.tokens().row(text.reading.title(), text.reading.text()), 1, out);
                scores.add(text.text(), text.firstSeen, text.knownAt(), text.article.repeats(), out);
            } catch (RuntimeException e) {
                unscored = unscored == null
                        ? "text " + text.reading.number() + " of " + text.article.id() + " could not be scored: "
                                + FailureReason.of(e)
                        : unscored;
            }
        }
        if (!scores.isEmpty()) {
            recorder.record(new RecordBackfillScores(
                    new BackfillDayId(version, day), model.scorer().spec(), marketClock.instant(), scores.scores()));
        }
    }

    @Override
    public long recorded() {
        return scope.from()
                .datesUntil(scope.to().plusDays(1))
                .mapToLong(day -> log.predictions()
                        .backfilledTexts(new BackfillDayId(version, day))
                        .size())
                .sum();
    }
}
