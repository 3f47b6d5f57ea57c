package io.hindcast.console;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one line printed for a failure: the cause and its remedy, wherever in the chain of causes they are. */
public final class FailureLine {

    private FailureLine() {}

    /** @param details place with more details, such as a log file */
    public static String of(Throwable failure, Optional<String> details) {
        List<Throwable> chain = chain(failure);
        for (Throwable t : chain) {
            if (t instanceof StartFailure) {
                return oneLine(String.valueOf(t.getMessage()));
            }
        }
        Refusal refusal = RefusedException.in(failure);
        if (refusal != null) {
            return oneLine(refusal.message()) + ".";
        }
        for (Throwable t : chain) {
            // Messages of our own exceptions are written for people: problem, place and remedy.
            if (t.getClass().getName().startsWith("io.hindcast.") && t.getMessage() != null) {
                return oneLine(t.getMessage());
            }
        }
        Throwable root = chain.getLast();
        return oneLine("Unexpected " + root.getClass().getSimpleName() + ": " + root.getMessage())
                + details.map(place -> " More in " + place + ".").orElse(" Run it again with --debug to see where.");
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = failure; t != null && chain.size() < 50; t = t.getCause()) {
            chain.add(t);
        }
        return chain;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
