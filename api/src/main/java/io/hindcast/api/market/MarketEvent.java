package io.hindcast.api.market;

/** An event of a market or of one of its days. */
public sealed interface MarketEvent
        permits MarketOpened, MarketWentLive, CandlesRecorded, GapDetected, GapRepaired, GapConfirmed {
    Symbol symbol();
}
