package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditDifference.Kind;
import io.hindcast.api.audit.AuditFeature;
import io.hindcast.api.audit.AuditScores;
import io.hindcast.api.news.TextId;
import io.hindcast.api.prediction.PredictionOrigin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares the predictions of one day, one after the other. Used by one thread. */
final class Comparison {

    private final LocalDate day;
    private final Function<Subject, Evidence> evidence;
    private final MessageDigest recordedDigest = sha256();
    private final MessageDigest recomputedDigest = sha256();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<AuditDifference> differences = new ArrayList<>();
    private int exact;
    private int close;

    /**
     * The bar or text that a prediction is about.
     *
     * @param about open time of the bar, or the moment at which the text became known
     */
    record Subject(Instant about, Optional<TextId> text) {
        static Subject bar(long openTime) {
            return new Subject(Instant.ofEpochMilli(openTime), Optional.empty());
        }
    }

    /**
     * A recorded prediction.
     *
     * @param note what contradicts other records, if anything does
     */
    record Recorded(PredictionOrigin origin, AuditScores scores, Optional<String> note) {}

    /** What is known about the input of a prediction that differs. */
    record Evidence(Optional<String> note, List<AuditFeature> features) {
        static final Evidence NONE = new Evidence(Optional.empty(), List.of());
    }

    /** @param evidence called for the differences that are kept */
    Comparison(LocalDate day, Function<Subject, Evidence> evidence) {
        this.day = day;
        this.evidence = evidence;
    }

    /** Compares a recorded prediction with the recomputed one. */
    void compare(Subject subject, Recorded recorded, AuditScores recomputed) {
        update(recordedDigest, subject, recorded.scores());
        update(recomputedDigest, subject, recomputed);
        if (recorded.note().isPresent() || !recorded.scores().isWithin(AuditDifference.TOLERANCE, recomputed)) {
            add(Kind.DIFFERENT, subject, Optional.of(recorded), Optional.of(recomputed), recorded.note());
        } else if (recorded.scores().signal() != recomputed.signal()) {
            add(Kind.NEAR_TIE, subject, Optional.of(recorded), Optional.of(recomputed), Optional.empty());
        } else if (recorded.scores().equals(recomputed)) {
            exact++;
        } else {
            close++;
        }
    }

    /** Reports a prediction that should be recorded and is not. */
    void missing(Subject subject, AuditScores recomputed) {
        update(recomputedDigest, subject, recomputed);
        add(Kind.MISSING, subject, Optional.empty(), Optional.of(recomputed), Optional.empty());
    }

    /** Reports a recorded prediction that cannot be computed again for a reason. */
    void extra(Subject subject, Recorded recorded, String reason) {
        update(recordedDigest, subject, recorded.scores());
        add(Kind.EXTRA, subject, Optional.of(recorded), Optional.empty(), Optional.of(reason));
    }

    /** Reports something recorded that cannot be read. */
    void unreadable(Subject subject, String reason) {
        add(Kind.EXTRA, subject, Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    private void add(
            Kind kind,
            Subject subject,
            Optional<Recorded> recorded,
            Optional<AuditScores> recomputed,
            Optional<String> note) {
        counts.merge(kind, 1, Integer::sum);
        if (differences.size() < AuditDifference.KEPT_OF_DAY) {
            Evidence known = recomputed.isPresent() ? evidence.apply(subject) : Evidence.NONE;
            differences.add(new AuditDifference(
                    kind,
                    subject.about(),
                    subject.text(),
                    recorded.map(Recorded::origin),
                    recorded.map(Recorded::scores),
                    recomputed,
                    note.or(known::note),
                    known.features()));
        }
    }

    AuditDay result() {
        return new AuditDay(
                day,
                new AuditCounts(
                        exact,
                        close,
                        count(Kind.NEAR_TIE),
                        count(Kind.DIFFERENT),
                        count(Kind.MISSING),
                        count(Kind.EXTRA)),
                HexFormat.of().formatHex(recordedDigest.digest()),
                HexFormat.of().formatHex(recomputedDigest.digest()),
                differences);
    }

    private int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    private static void update(MessageDigest digest, Subject subject, AuditScores scores) {
        ByteBuffer row = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(subject.about().toEpochMilli())
                .putDouble(scores.sell())
                .putDouble(scores.hold())
                .putDouble(scores.buy());
        digest.update(row.flip());
        subject.text().ifPresent(text -> digest.update(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
