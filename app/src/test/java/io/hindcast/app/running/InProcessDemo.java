package io.hindcast.app.running;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.app.HindcastProcess;
import io.hindcast.app.local.DataFolder;
import io.hindcast.console.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Starts the whole platform in this process on a simulated market in BTCUSDT. */
final class InProcessDemo {

    private InProcessDemo() {}

    /**
     * Starts a platform with the same number of days for history and training.
     *
     * @param properties further properties, which override the defaults
     */
    static HindcastProcess start(Path folder, int historyDays, double speed, Map<String, String> properties) {
        System.setProperty("axoniq.update-checker.disabled", "true");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("server.port", "0");
        all.put("hindcast.simulator.enabled", "true");
        all.put("hindcast.simulator.seed", "5");
        all.put("hindcast.simulator.speed", Double.toString(speed));
        all.put("hindcast.feeds.symbols", "BTCUSDT");
        all.put("hindcast.feeds.history-days", Integer.toString(historyDays));
        all.put("hindcast.sagas.history-days", Integer.toString(historyDays));
        all.put("hindcast.sagas.schedule.every", "0");
        // Models with little training may be no better than a guess, and are promoted all the same.
        for (ModelFamily family : ModelFamily.values()) {
            all.put("hindcast.sagas.promotion." + family.name().toLowerCase(Locale.ROOT), "always");
        }
        all.putAll(properties);
        Console silent =
                new Console(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        return HindcastProcess.start(DataFolder.open(folder), all, silent, false);
    }
}
