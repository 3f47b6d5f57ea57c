package io.hindcast.app.health;

import io.hindcast.api.operations.FindOutages;
import io.hindcast.api.operations.OutageView;
import io.hindcast.api.operations.OutageViews;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;

/** Query handler for the current outages and the losses of this process. */
public final class OutageQueryHandler {

    private final Outages outages;

    OutageQueryHandler(Outages outages) {
        this.outages = outages;
    }

    @QueryHandler
    public OutageViews handle(FindOutages query) {
        return new OutageViews(Stream.concat(outages.current().stream(), outages.losses().stream())
                .map(OutageQueryHandler::view)
                .toList());
    }

    private static OutageView view(Outage outage) {
        OutageView.Severity severity = switch (outage.severity()) {
            case DOWN -> OutageView.Severity.DOWN;
            case DEGRADED -> OutageView.Severity.DEGRADED;
            case LOST -> OutageView.Severity.LOST;
        };
        return new OutageView(outage.part(), severity, outage.problem(), outage.remedy(), outage.since());
    }
}
