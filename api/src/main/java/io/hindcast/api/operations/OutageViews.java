package io.hindcast.api.operations;

import java.util.List;

/** Outages of one process: those under way by part, then losses, oldest first. */
public record OutageViews(List<OutageView> outages) {

    public OutageViews {
        outages = List.copyOf(outages);
    }
}
