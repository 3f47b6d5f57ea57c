package io.hindcast.api.market;

/** What happened to a market or to one of its days. */
public sealed interface MarketEvent
        permits MarketOpened, MarketWentLive, CandlesRecorded, GapDetected, GapRepaired, GapConfirmed {
    Symbol symbol();
}
