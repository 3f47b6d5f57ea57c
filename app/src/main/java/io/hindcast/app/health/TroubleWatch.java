package io.hindcast.app.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * Tells people once when a part is in trouble, and once when it is over. Nothing else has to be done: whatever waits for the part tries
 * again by itself.
 */
final class TroubleWatch implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(2);
    /** Looks in a row that must agree: what is over within moments is nobody's trouble. */
    private static final int SURE = 2;

    private final Supplier<Map<String, String>> troubles;
    private final Consumer<String> say;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("trouble-watch").factory());
    private volatile boolean running;

    /**
     * @param troubles by part, a sentence that names cause and remedy; a part without trouble is absent
     * @param say takes lines for people
     */
    TroubleWatch(Supplier<Map<String, String>> troubles, Consumer<String> say) {
        this.troubles = troubles;
        this.say = say;
    }

    @Override
    public void start() {
        running = true;
        var _ = executor.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        Map<String, String> now = troubles.get();
        seen.keySet().retainAll(now.keySet());
        now.forEach((part, trouble) -> {
            if (seen.merge(part, 1, Integer::sum) == SURE && !told.contains(part)) {
                told.add(part);
                say.accept("hindcast: " + trouble);
            }
        });
        for (String part : List.copyOf(told)) {
            if (!now.containsKey(part)) {
                told.remove(part);
                say.accept("The trouble with " + part + " is over; going on.");
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        executor.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
