package io.hindcast.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.audit.AuditDetails;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditPage;
import io.hindcast.api.audit.AuditState;
import io.hindcast.api.audit.AuditView;
import io.hindcast.api.audit.FindAudit;
import io.hindcast.api.audit.FindAudits;
import io.hindcast.projections.AuditScript;
import io.hindcast.projections.MarketScript;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.Test;

/** Audits with their days and differences. */
class AuditQueriesTest {

    private static final LocalDate DAY = LocalDate.parse("2022-01-01");
    private static final Instant AT = Instant.parse("2022-01-04T00:00:00Z");

    @Test
    void listsAuditsLatestFirstAndShowsOneWithItsDays() {
        try (TestQueries queries = new TestQueries()) {
            MarketScript script = new MarketScript("BTCUSDT", 3);
            List<AuditId> ids = AuditScript.audits(script, script.version(1), DAY, AT);
            queries.publish(script.take());

            AuditPage first = page(queries, script, Optional.empty(), 3, Optional.empty());
            assertThat(first.audits()).extracting(AuditView::audit).containsExactly(ids.get(3), ids.get(2), ids.get(1));
            assertThat(first.audits())
                    .extracting(AuditView::state)
                    .containsExactly(AuditState.RUNNING, AuditState.FAILED, AuditState.CANCELLED);
            AuditPage second = page(
                    queries,
                    script,
                    Optional.empty(),
                    3,
                    Optional.of(first.cursors().getLast()));
            assertThat(second.hasNext()).isFalse();
            assertThat(second.audits()).singleElement().satisfies(audit -> {
                assertThat(audit.daysDone()).isEqualTo(2);
                assertThat(audit.counts().exact()).isEqualTo(1_437 + 1_440);
                assertThat(audit.result().orElseThrow().counts()).isEqualTo(audit.counts());
            });
            assertThat(page(queries, script, Optional.of(AuditState.RUNNING), 3, Optional.empty())
                            .audits())
                    .extracting(AuditView::audit)
                    .containsExactly(ids.get(3));

            AuditDetails details = details(queries, ids.getFirst()).orElseThrow();
            assertThat(details.days()).hasSize(2);
            assertThat(details.days().getFirst().counts()).isEqualTo(AuditScript.COUNTS);
            assertThat(details.days().getFirst().differences()).singleElement().satisfies(difference -> {
                assertThat(difference.kind()).isEqualTo(AuditDifference.Kind.DIFFERENT);
                assertThat(difference.recorded().orElseThrow().sell()).isEqualTo(0.999);
            });
            assertThat(details(queries, AuditId.scheduled(script.version(9), DAY)))
                    .isEmpty();
        }
    }

    private static AuditPage page(
            TestQueries queries, MarketScript script, Optional<AuditState> state, int first, Optional<String> after) {
        return queries.ask(
                new FindAudits(script.symbol(), Optional.of(script.version(1)), state, first, after), AuditPage.class);
    }

    private static Optional<AuditDetails> details(TestQueries queries, AuditId audit) throws CompletionException {
        return queries.gateway
                .query(new FindAudit(audit), ResponseTypes.optionalInstanceOf(AuditDetails.class))
                .join();
    }
}
