package io.hindcast.api.model;

/** An event of a model's versions and slots. */
public sealed interface ModelEvent
        permits VersionRegistered,
                PromotionBegun,
                LaneJoined,
                BackfillRequested,
                BackfillBegun,
                BackfillCompleted,
                BackfillGivenUp,
                LaneLeft,
                SlotsShifted,
                PromotionAbandoned {
    VersionId version();
}
