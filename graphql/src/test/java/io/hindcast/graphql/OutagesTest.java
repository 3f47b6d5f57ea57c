package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.operations.FindOutages;
import io.hindcast.api.operations.OutageView;
import io.hindcast.api.operations.OutageView.Severity;
import io.hindcast.api.operations.OutageViews;
import java.time.Instant;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outages of several processes in one list. */
class OutagesTest {

    private static final Instant T = Instant.parse("2022-01-01T00:00:00Z");
    private static final String DOCUMENT = "{outages {part severity problem remedy since}}";

    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    /** A process that reports outages. */
    record Reporting(List<OutageView> outages) {
        @QueryHandler
        public OutageViews handle(FindOutages query) {
            return new OutageViews(outages);
        }
    }

    private void processReports(OutageView... outages) {
        var _ = new AnnotationQueryHandlerAdapter<>(new Reporting(List.of(outages))).subscribe(api.queries);
    }

    private static OutageView outage(String part, Severity severity, String problem, int minute) {
        return new OutageView(part, severity, problem, "Wait.", T.plusSeconds(60L * minute));
    }

    @Test
    void returnsOutagesOfAllProcessesWorstFirstAndLossesNewestFirst() {
        processReports(
                outage("news from rss:x", Severity.DEGRADED, "It answered 404.", 1),
                outage("feed of BTCUSDT", Severity.LOST, "Rows 1 to 2 were unusable.", 2),
                outage("feed of BTCUSDT", Severity.LOST, "Row 9 was unusable.", 3));
        processReports(outage("feed of ETHUSDT", Severity.DOWN, "It is delisted.", 4));

        JsonNode outages = api.post(DOCUMENT).at("/data/outages");

        assertThat(outages.findValuesAsText("problem"))
                .containsExactly(
                        "It is delisted.", "It answered 404.", "Row 9 was unusable.", "Rows 1 to 2 were unusable.");
        assertThat(outages.get(0).path("since").asText()).isEqualTo("2022-01-01T00:04:00Z");
        assertThat(outages.get(0).path("remedy").asText()).isEqualTo("Wait.");
    }

    @Test
    void mergesAnOutageThatSeveralProcessesReport() {
        processReports(outage("the database", Severity.DOWN, "It does not answer.", 5));
        processReports(outage("the database", Severity.DOWN, "It does not answer.", 4));

        JsonNode outages = api.post(DOCUMENT).at("/data/outages");

        assertThat(outages).hasSize(1);
        assertThat(outages.get(0).path("since").asText()).isEqualTo("2022-01-01T00:04:00Z");
    }

    @Test
    void returnsAnEmptyListWithoutOutages() {
        processReports();

        assertThat(api.post(DOCUMENT).at("/data/outages").isEmpty()).isTrue();
    }

    @Test
    void failsWhenNoProcessAnswers() {
        assertThat(api.post(DOCUMENT).at("/errors/0/extensions/code").asText()).isEqualTo("UNAVAILABLE");
    }
}
