package io.hindcast.api.model;

/** What happened to a model's versions and slots. */
public sealed interface ModelEvent
        permits VersionRegistered, PromotionBegun, LaneJoined, LaneLeft, SlotsShifted, PromotionAbandoned {
    VersionId version();
}
