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
 * Announces each outage once when it begins and once when it is over, and each loss once. Whatever depends on a part
 * retries by itself.
 */
final class OutageAnnouncer implements SmartLifecycle {

    static final Duration PERIOD = Duration.ofSeconds(2);

    /** Consecutive checks after which an outage is announced, so that brief ones are not. */
    private static final int CONFIRMED = 2;

    private final Runnable check;
    private final Outages outages;
    private final Consumer<String> announce;
    private final SupervisedLoop loop;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> announced = new ArrayList<>();
    private long losses;

    /**
     * @param check reports the outages of parts that cannot report their own; run before each look at the outages
     * @param announce receives lines for people
     */
    OutageAnnouncer(Runnable check, SupervisedLoop.Context loopContext, Consumer<String> announce) {
        this.check = check;
        this.outages = loopContext.outages();
        this.announce = announce;
        this.loop = new SupervisedLoop(
                "outage watch",
                "Nothing has to be done: it is retried. If it persists, restart this process.",
                loopContext,
                () -> {
                    update();
                    loopContext.waits().pause(PERIOD);
                });
    }

    void update() {
        check.run();
        for (Outage loss : outages.lossesAfter(losses)) {
            announce.accept("hindcast: " + loss.summary());
        }
        losses = outages.lossesReported();
        Set<String> current = new HashSet<>();
        for (Outage outage : outages.current()) {
            current.add(outage.part());
            if (seen.merge(outage.part(), 1, Integer::sum) == CONFIRMED && !announced.contains(outage.part())) {
                announced.add(outage.part());
                announce.accept("hindcast: " + outage.summary());
            }
        }
        seen.keySet().retainAll(current);
        announced.removeIf(part -> {
            boolean over = !current.contains(part);
            if (over) {
                announce.accept("The outage of " + part + " is over.");
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
        loop.stop(PERIOD);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }
}
