package io.hindcast.command.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.VersionState;
import io.hindcast.command.model.ModelVersion.Lane;
import java.util.List;

/** Decides the joining and leaving of lanes. */
record LaneDecisions(ModelState model) {

    List<ModelEvent> decide(JoinLane command) {
        ModelVersion version = model.version(command.model(), command.number());
        if (version.lane() == Lane.JOINED) {
            return List.of();
        }
        PromotionDecisions.requirePromoting(model, version, "joining of ");
        checkCut(command.model().symbol(), command.cut());
        return List.of(new LaneJoined(version.id(), command.cut(), command.joinedAt()));
    }

    List<ModelEvent> decide(LeaveLane command) {
        ModelVersion version = model.version(command.model(), command.number());
        if (version.lane() == Lane.LEFT) {
            return List.of();
        }
        String subject = "leaving of " + version.id();
        if (version.lane() == Lane.NONE) {
            throw RefusedException.of("LANE_NOT_JOINED", subject, "of a lane that never joined", "a joined lane");
        }
        if (version.is(VersionState.LIVE) || version.is(VersionState.PROMOTING)) {
            throw RefusedException.of("LANE_LIVE", subject, "of a lane in use", "one that no slot or promotion holds");
        }
        checkCut(command.model().symbol(), command.cut());
        return List.of(new LaneLeft(version.id(), command.cut(), command.leftAt()));
    }

    /** A cut is an event of one of the symbol's market days. */
    private static void checkCut(Symbol symbol, LogPosition cut) {
        boolean ofSymbol;
        try {
            ofSymbol = MarketDayId.parse(cut.aggregateId()).symbol().equals(symbol);
        } catch (RuntimeException e) {
            ofSymbol = false;
        }
        if (!ofSymbol || cut.sequence() < 0) {
            throw RefusedException.of(
                    "BAD_CUT", "cut", cut, "a market day of " + symbol + " and a sequence of 0 or more");
        }
    }
}
