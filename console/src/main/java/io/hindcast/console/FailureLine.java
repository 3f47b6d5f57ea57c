package io.hindcast.console;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one line that people read when something failed: cause and remedy, wherever in a chain of causes they are. */
public final class FailureLine {

    private FailureLine() {}

    /** @param where to look for more, such as a log file */
    public static String of(Throwable failure, Optional<String> where) {
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
            // the wings name theirs for people: what is wrong, where, and what to do
            if (t.getClass().getName().startsWith("io.hindcast.") && t.getMessage() != null) {
                return oneLine(t.getMessage());
            }
        }
        Throwable root = chain.getLast();
        return oneLine("Unexpected " + root.getClass().getSimpleName() + ": " + root.getMessage())
                + where.map(place -> " More in " + place + ".").orElse(" Run it again with --debug to see where.");
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
