package io.hindcast.api.model;

/** An event of a model's versions and slots. */
public sealed interface ModelEvent
        permits VersionRegistered,
                PromotionBegun,
                PromotionDeclined,
                PromotionAbandoned,
                LaneJoined,
                BackfillRequested,
                BackfillBegun,
                BackfillCompleted,
                BackfillGivenUp,
                LaneLeft,
                SlotsChanged,
                ModelPinned,
                ModelUnpinned,
                VersionPurged {
    VersionId version();
}
