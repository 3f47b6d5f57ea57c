package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import io.hindcast.ml.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names of machines: lower-case letters, digits and dashes, as host names and labels allow. */
public final class MachineNames {

    /** Beginning of every name. */
    public static final String PREFIX = "hindcast-";

    private static final int LONGEST = 63;
    private static final int DIGEST = 16;

    private MachineNames() {}

    /** Returns a run's name, such as {@code hindcast-btcusdt-3-lightgbm-1}. */
    public static String of(TrainingRunId run) {
        String symbol = run.symbol().encoded().replace('%', '-');
        return (PREFIX + symbol + "-" + run.cycle() + "-" + run.family() + "-" + run.attempt())
                .toLowerCase(Locale.ROOT)
                .replace("--", "-");
    }

    /**
     * Returns a run's name among the machines of several platforms, such as
     * {@code hindcast-btcusdt-3-lightgbm-1-0f1e2d3c4b}: at most 63 characters, a long one ending with a digest.
     */
    public static String of(TrainingRunId run, PlatformId platform) {
        String name = of(run) + "-" + platform;
        if (name.length() <= LONGEST) {
            return name;
        }
        String digest = Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST);
        return name.substring(0, LONGEST - DIGEST - 1).replaceAll("-+$", "") + "-" + digest;
    }
}
