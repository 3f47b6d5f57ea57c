package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditScores;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.TextId;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.model.VersionCoverage;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.inference.backfill.BackfillSources;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.TextOwnership;
import io.hindcast.inference.replay.Comparison.Evidence;
import io.hindcast.inference.replay.Comparison.Recorded;
import io.hindcast.inference.replay.Comparison.Subject;
import io.hindcast.ml.score.Scorer;
import io.hindcast.runtime.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.axonframework.serialization.SerializationException;

/**
 * Replays scores of articles. A day holds the articles first seen on it with all their texts, and the backfilled scores
 * of texts that became known on it and that no article has.
 */
final class TextReplay implements Replay {

    /** Age from which a score is owed; a lane may still be about to score a later text. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final VersionId version;
    private final Symbol symbol;
    private final VersionCoverage coverage;
    private final Instant trainedAt;
    private final Instant requestedAt;
    private final BackfillSources log;

    TextReplay(ModelHistory.Version version, VersionCoverage coverage, Instant requestedAt, BackfillSources log) {
        this.version = version.id();
        this.symbol = version.id().model().symbol();
        this.coverage = coverage;
        this.trainedAt = version.registered().trainedAt();
        this.requestedAt = requestedAt;
        this.log = log;
    }

    @Override
    public void compare(
            SortedSet<LocalDate> days, LoadedModel model, Consumer<List<AuditDay>> compared, BooleanSupplier stopped)
            throws InterruptedException {
        for (LocalDate day : days) {
            if (stopped.getAsBoolean()) {
                return;
            }
            compared.accept(List.of(compare(day, model)));
        }
    }

    private AuditDay compare(LocalDate day, LoadedModel model) throws InterruptedException {
        Comparison comparison = new Comparison(day, _ -> Evidence.NONE);
        for (ArticleId id : log.articles().firstSeen(day, day).toList()) {
            try {
                Optional<ArticleHistory> article = log.articles().read(id);
                if (article.isPresent()) {
                    compare(article.get(), model, comparison);
                }
            } catch (SerializationException e) {
                // A score that is no probability distribution any more, for instance.
                comparison.unreadable(
                        new Subject(UtcDay.start(day), Optional.of(new TextId(id, 0))),
                        "the article's events cannot be read: " + FailureReason.of(e));
            }
        }
        for (BackfilledScores scores : log.predictions().backfilledScores(new BackfillDayId(version, day))) {
            for (int row = 0; row < scores.size(); row++) {
                if (text(scores.text(row)).isEmpty()) {
                    comparison.extra(
                            new Subject(scores.knownAt().get(row), Optional.of(scores.text(row))),
                            backfilled(scores, row),
                            "the log has no such text");
                }
            }
        }
        return comparison.result();
    }

    private Optional<Reading> text(TextId text) {
        return log.articles()
                .read(text.article())
                .flatMap(article -> article.readings().stream()
                        .filter(reading -> reading.number() == text.reading())
                        .findFirst());
    }

    private void compare(ArticleHistory article, LoadedModel model, Comparison comparison) throws InterruptedException {
        Map<Integer, List<Recorded>> recorded = recorded(article);
        Set<Integer> numbers = new HashSet<>();
        for (Reading reading : article.readings()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            numbers.add(reading.number());
            Instant known = knownAt(article, reading);
            Subject subject = new Subject(known, Optional.of(new TextId(article.id(), reading.number())));
            List<Recorded> scores = recorded.getOrDefault(reading.number(), List.of());
            if (!scores.isEmpty() || (article.symbols().containsKey(symbol) && isOwed(known))) {
                compare(subject, scores, reading, model, comparison);
            }
        }
        recorded.forEach((number, scores) -> {
            if (!numbers.contains(number)) {
                Subject subject =
                        new Subject(article.discovered().firstSeenAt(), Optional.of(new TextId(article.id(), number)));
                scores.forEach(score -> comparison.extra(subject, score, "the log has no such text"));
            }
        });
    }

    private static void compare(
            Subject subject, List<Recorded> recorded, Reading reading, LoadedModel model, Comparison comparison) {
        double[] out = new double[Scorer.CLASSES];
        try {
            // One at a time, as a lane does: a text's score must not depend on the length of others in its batch.
            model.scorer().score(model.tokens().row(reading.title(), reading.text()), 1, out);
        } catch (RuntimeException e) {
            recorded.forEach(score -> comparison.extra(subject, score, "the text cannot be scored: " + e.getMessage()));
            return;
        }
        AuditScores recomputed = new AuditScores(out[0], out[1], out[2]);
        if (recorded.isEmpty()) {
            comparison.missing(subject, recomputed);
        }
        recorded.forEach(score -> comparison.compare(subject, score, recomputed));
    }

    /** Returns the version's scores of an article's texts, by their number. */
    private Map<Integer, List<Recorded>> recorded(ArticleHistory article) {
        Map<Integer, List<Recorded>> recorded = new HashMap<>();
        for (ArticleScored scored : article.scores()) {
            for (VersionScore score : scored.scores()) {
                if (score.version().equals(version)) {
                    recorded.computeIfAbsent(scored.reading(), _ -> new ArrayList<>())
                            .add(new Recorded(scored.origin(), scores(score.probabilities()), Optional.empty()));
                }
            }
        }
        Set<LocalDate> days = new HashSet<>();
        article.readings().forEach(reading -> days.add(UtcDay.of(knownAt(article, reading))));
        for (LocalDate day : days) {
            for (BackfilledScores scores : log.predictions().backfilledScores(new BackfillDayId(version, day))) {
                for (int row = 0; row < scores.size(); row++) {
                    if (scores.article().get(row).equals(article.id())) {
                        recorded.computeIfAbsent(scores.reading().get(row), _ -> new ArrayList<>())
                                .add(backfilled(scores, row));
                    }
                }
            }
        }
        return recorded;
    }

    private Instant knownAt(ArticleHistory article, Reading reading) {
        Instant about =
                article.symbols().getOrDefault(symbol, article.discovered().firstSeenAt());
        return reading.knownAt().isBefore(about) ? about : reading.knownAt();
    }

    private boolean isOwed(Instant known) {
        if (known.isAfter(requestedAt.minus(SETTLED))) {
            return false;
        }
        for (Backfill backfill : coverage.backfills()) {
            if (!known.isBefore(backfill.from())
                    && known.isBefore(backfill.to().minus(TextOwnership.RECORDED_WITHIN))) {
                return true;
            }
        }
        return coverage.lanes().stream()
                .anyMatch(lane -> !known.isBefore(
                                TextOwnership.laneFrom(lane.joined().joinedAt(), trainedAt))
                        && lane.left()
                                .map(left -> known.isBefore(left.leftAt().minus(SETTLED)))
                                .orElse(true));
    }

    private static AuditScores scores(Probabilities scores) {
        return new AuditScores(scores.sell(), scores.hold(), scores.buy());
    }

    private static Recorded backfilled(BackfilledScores scores, int row) {
        return new Recorded(
                PredictionOrigin.RECONCILED,
                new AuditScores(
                        scores.sell().get(row),
                        scores.hold().get(row),
                        scores.buy().get(row)),
                Optional.empty());
    }
}
