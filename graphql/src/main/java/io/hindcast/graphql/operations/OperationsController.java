package io.hindcast.graphql.operations;

import io.hindcast.api.operations.FindOutages;
import io.hindcast.api.operations.OutageView;
import io.hindcast.api.operations.OutageViews;
import io.hindcast.graphql.Asking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** What does not work and what was given up, in all processes together. */
@Controller
public class OperationsController {

    private static final Comparator<OutageView> NEWEST_LOSS_FIRST = Comparator.comparing(OutageView::severity)
            .thenComparing((a, b) -> a.severity() == OutageView.Severity.LOST
                    ? b.since().compareTo(a.since())
                    : a.part().compareTo(b.part()));

    private final Asking asking;

    OperationsController(Asking asking) {
        this.asking = asking;
    }

    /** Runs on a thread of its own: it waits for the slowest process. */
    @QueryMapping
    List<OutageView> outages() {
        return merged(asking.everyProcess(new FindOutages(), OutageViews.class));
    }

    /**
     * An outage that several processes report, of the database they share say, is one, since the first of them noticed
     * it.
     */
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
