package io.hindcast.graphql.operations;

import io.hindcast.api.operations.FindOutages;
import io.hindcast.api.operations.OutageView;
import io.hindcast.api.operations.OutageViews;
import io.hindcast.graphql.QueryDispatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Query for the outages of all processes. */
@Controller
public class OperationsController {

    private static final Comparator<OutageView> NEWEST_LOSS_FIRST = Comparator.comparing(OutageView::severity)
            .thenComparing((a, b) -> a.severity() == OutageView.Severity.LOST
                    ? b.since().compareTo(a.since())
                    : a.part().compareTo(b.part()));

    private final QueryDispatcher queries;

    OperationsController(QueryDispatcher queries) {
        this.queries = queries;
    }

    /** Blocks until the slowest process has answered; Spring runs it on a thread of its own. */
    @QueryMapping
    List<OutageView> outages() {
        return merged(queries.fromEachProcess(new FindOutages(), OutageViews.class));
    }

    /** Merges outages that several processes report, such as one of their database, to the earliest of them. */
    private static List<OutageView> merged(List<OutageViews> processes) {
        Map<List<Object>, OutageView> distinct = new LinkedHashMap<>();
        for (OutageViews process : processes) {
            for (OutageView outage : process.outages()) {
                distinct.merge(
                        List.of(outage.part(), outage.severity(), outage.problem()),
                        outage,
                        (a, b) -> b.since().isBefore(a.since()) ? b : a);
            }
        }
        List<OutageView> all = new ArrayList<>(distinct.values());
        all.sort(NEWEST_LOSS_FIRST);
        return all;
    }
}
