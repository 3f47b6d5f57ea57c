package io.hindcast.offline;

import io.hindcast.console.StartFailure;

/** What a trade costs, as people say it. */
final class Fee {

    private Fee() {}

    /** The rate of a fee in percent. */
    static double rate(double percent) {
        if (!(percent >= 0 && percent < 100)) {
            throw new StartFailure("--fee was " + percent + ", expected percent from 0 to below 100.");
        }
        return percent / 100;
    }
}
