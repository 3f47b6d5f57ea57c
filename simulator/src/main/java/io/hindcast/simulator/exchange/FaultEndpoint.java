package io.hindcast.simulator.exchange;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Switches faults by request, so that a person can observe how the platform reacts: {@code PUT
 * /simulator/faults/halt?symbol=BTCUSDT}. Only PUT, which a page of another site cannot send from a browser.
 */
final class FaultEndpoint {

    static final String PATH = "/simulator/faults/";

    private static final String FAULTS =
            "halt?symbol=&status=, resume?symbol=, delist?symbol=, list?symbol=, answer?status=&times=,"
                    + " page?status=&times=, ban?seconds=, close?on=, refuse?on=, silence?on=, drop, clear";

    private final Faults faults;
    private final InstantSource marketTime;
    private final InstantSource wallClock;

    FaultEndpoint(Faults faults, InstantSource marketTime, InstantSource wallClock) {
        this.faults = faults;
        this.marketTime = marketTime;
        this.wallClock = wallClock;
    }

    /**
     * Switches the fault that {@code fault} names.
     *
     * @throws RefusedException if there is no such fault, or a parameter is missing or invalid
     */
    void put(String fault, Map<String, String> query) {
        Instant now = marketTime.instant();
        switch (fault) {
            case "halt" -> faults.markets().halt(symbol(query), query.getOrDefault("status", "BREAK"), now);
            case "resume" -> faults.markets().resume(symbol(query), now);
            case "delist" -> faults.markets().delist(symbol(query), true);
            case "list" -> faults.markets().delist(symbol(query), false);
            case "answer" -> faults.rest().answer(number(query, "status"), number(query, "times"), null);
            case "page" -> faults.rest().page(number(query, "status"), number(query, "times"));
            case "ban" -> faults.rest().ban(wallClock.instant().plusSeconds(number(query, "seconds")), 1);
            case "close" -> {
                faults.streams().closeConnections(on(query));
                faults.streams().dropConnections();
            }
            case "refuse" -> {
                faults.streams().refuseConnections(on(query));
                faults.streams().dropConnections();
            }
            case "silence" -> faults.streams().silence(on(query));
            case "drop" -> faults.streams().dropConnections();
            case "clear" -> faults.clear();
            default -> throw RefusedException.of("UNKNOWN_FAULT", "fault", "'" + fault + "'", "one of " + FAULTS);
        }
    }

    private static Symbol symbol(Map<String, String> query) {
        return new Symbol(query.getOrDefault("symbol", ""));
    }

    private static boolean on(Map<String, String> query) {
        return Boolean.parseBoolean(query.getOrDefault("on", "true"));
    }

    private static int number(Map<String, String> query, String name) {
        String text = query.getOrDefault(name, "1");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RefusedException.of("BAD_PARAMETER", name, "'" + text + "'", "a whole number");
        }
    }
}
