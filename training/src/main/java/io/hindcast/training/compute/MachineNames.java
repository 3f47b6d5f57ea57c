package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import java.util.Locale;

/** Names of machines: lower-case letters, digits and dashes, as host names and labels allow. */
public final class MachineNames {

    /** Beginning of every name. */
    public static final String PREFIX = "hindcast-";

    private MachineNames() {}

    /** Returns a run's name, such as {@code hindcast-btcusdt-3-lightgbm-1}. */
    public static String of(TrainingRunId run) {
        String symbol = run.symbol().encoded().replace('%', '-');
        return (PREFIX + symbol + "-" + run.cycle() + "-" + run.family() + "-" + run.attempt())
                .toLowerCase(Locale.ROOT)
                .replace("--", "-");
    }
}
