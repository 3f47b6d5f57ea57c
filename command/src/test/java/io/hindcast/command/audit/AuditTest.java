package io.hindcast.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.AuditCancelled;
import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditRequested;
import io.hindcast.api.audit.CancelAudit;
import io.hindcast.api.audit.CompleteAudit;
import io.hindcast.api.audit.FailAudit;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.audit.RequestAudit;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final LocalDate MAY_1 = LocalDate.parse("2022-05-01");
    private static final Instant NOW = Instant.parse("2022-05-03T10:00:00Z");
    private static final AuditId AUDIT =
            AuditId.requested(VersionId.parse("lightgbm:BTCUSDT:3"), MAY_1, MAY_1.plusDays(2), NOW);
    private static final AuditRequested REQUESTED = new AuditRequested(AUDIT, "why not", NOW);
    private static final AuditCounts EXACT = new AuditCounts(1440, 0, 0, 0, 0, 0);

    private final FixtureConfiguration<Audit> fixture = new AggregateTestFixture<>(Audit.class);

    private static AuditDay day(int number, AuditCounts counts, int differences) {
        AuditDifference difference = new AuditDifference(
                AuditDifference.Kind.MISSING,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new AuditDay(
                MAY_1.plusDays(number - 1L),
                counts,
                "aa" + number,
                "bb" + number,
                Collections.nCopies(differences, difference));
    }

    private static AuditDaysCompared compared(AuditDay... days) {
        return new AuditDaysCompared(AUDIT, List.of(days), NOW);
    }

    @Test
    void isRequestedOnce() {
        fixture.givenNoPriorActivity()
                .when(new RequestAudit(AUDIT, "why not", NOW))
                .expectEvents(REQUESTED);
        new AggregateTestFixture<>(Audit.class)
                .given(REQUESTED)
                .when(new RequestAudit(AUDIT, "why not", NOW))
                .expectNoEvents();
    }

    @Test
    void refusesDaysThatHaveNotBegun() {
        AuditId future = AuditId.requested(AUDIT.version(), MAY_1, MAY_1.plusDays(4), NOW);
        assertThatThrownBy(() -> AuditProgress.NONE.decide(new RequestAudit(future, "why not", NOW)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("2022-05-05")
                .hasMessageContaining("2022-05-03");
    }

    @Test
    void comparesEachDayOnce() {
        fixture.given(REQUESTED, compared(day(1, EXACT, 0)))
                .when(new RecordAuditDays(AUDIT, List.of(day(1, AuditCounts.NONE, 0), day(2, EXACT, 0)), NOW))
                .expectEvents(compared(day(2, EXACT, 0)));
    }

    @Test
    void keepsTheFirstDifferencesAndCountsAll() {
        AuditCounts missing = new AuditCounts(0, 0, 0, 0, 1440, 0);
        fixture.given(REQUESTED)
                .when(new RecordAuditDays(AUDIT, List.of(day(1, missing, 11)), NOW))
                .expectEvents(compared(day(1, missing, AuditDifference.KEPT_OF_DAY)));
    }

    @Test
    void completesOnceAllDaysAreCompared() {
        AuditProgress one = AuditProgress.NONE.evolve(REQUESTED).evolve(compared(day(1, EXACT, 0)));
        assertThatThrownBy(() -> one.decide(new CompleteAudit(AUDIT, NOW)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("all 2");
        AuditCounts last = new AuditCounts(1430, 2, 3, 4, 1, 0);
        AuditProgress all = one.evolve(compared(day(2, last, 4)));
        AuditCompleted completed = all.decide(new CompleteAudit(AUDIT, NOW)).orElseThrow();
        assertThat(completed.result().counts()).isEqualTo(new AuditCounts(2870, 2, 3, 4, 1, 0));
        assertThat(completed.result().counts().divergences()).isEqualTo(5);
        assertThat(completed.result().recordedDigest())
                .hasSize(64)
                .isNotEqualTo(completed.result().recomputedDigest());
        assertThat(all.evolve(completed).decide(new CompleteAudit(AUDIT, NOW))).isEmpty();
    }

    @Test
    void changesNothingAfterItsEnd() {
        AuditProgress cancelled = AuditProgress.NONE.evolve(REQUESTED).evolve(new AuditCancelled(AUDIT, "enough", NOW));
        assertThat(cancelled.decide(new FailAudit(AUDIT, "no artifact", NOW))).isEmpty();
        assertThat(cancelled.decide(new CancelAudit(AUDIT, "enough", NOW))).isEmpty();
        assertThatThrownBy(() -> cancelled.decide(new RecordAuditDays(AUDIT, List.of(day(1, EXACT, 0)), NOW)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("CANCELLED");
    }

    @Test
    void failsForAReason() {
        fixture.given(REQUESTED, compared(day(1, EXACT, 0)))
                .when(new FailAudit(AUDIT, "artifact 77 is missing", NOW))
                .expectEvents(new AuditFailed(AUDIT, "artifact 77 is missing", NOW));
    }
}
