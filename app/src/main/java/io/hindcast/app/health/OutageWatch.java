package io.hindcast.app.health;

import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;

/**
 * Announces each outage once when it has begun and once when it is over, and each loss once. Nothing else has to be
 * done: whatever waits for the part tries again by itself.
 */
final class OutageWatch implements SmartLifecycle {

    static final Duration EVERY = Duration.ofSeconds(2);

    /** Looks in a row that must agree: an outage that is over within moments concerns nobody. */
    private static final int SURE = 2;

    private final Runnable checks;
    private final Outages outages;
    private final Consumer<String> announce;
    private final SupervisedLoop loop;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> announced = new ArrayList<>();
    private long losses;

    /**
     * @param checks looks at parts that cannot report their outages themselves
     * @param announce takes lines for people
     */
    OutageWatch(Runnable checks, SupervisedLoop.Ground ground, Consumer<String> announce) {
        this.checks = checks;
        this.outages = ground.outages();
        this.announce = announce;
        this.loop = new SupervisedLoop(
                "outage watch",
                "Nothing has to be done: it is tried again; if it goes on, restart this process.",
                ground,
                () -> {
                    look();
                    ground.waits().pause(EVERY);
                });
    }

    void look() {
        checks.run();
        for (Outage loss : outages.lossesAfter(losses)) {
            announce.accept("hindcast: " + loss.line());
        }
        losses = outages.lossesReported();
        Set<String> current = new HashSet<>();
        for (Outage outage : outages.current()) {
            current.add(outage.part());
            if (seen.merge(outage.part(), 1, Integer::sum) == SURE && !announced.contains(outage.part())) {
                announced.add(outage.part());
                announce.accept("hindcast: " + outage.line());
            }
        }
        seen.keySet().retainAll(current);
        announced.removeIf(part -> {
            boolean over = !current.contains(part);
            if (over) {
                announce.accept("The outage of " + part + " is over; going on.");
            }
            return over;
        });
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop(EVERY);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }
}
