package io.hindcast.offline;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.ml.hub.DownloadProgress;
import org.jspecify.annotations.Nullable;

/** Shows downloads file by file, and cancels them. */
final class DownloadDisplay implements DownloadProgress {

    private static final long KILO = 1_000;

    private final ProgressReporter progress;
    private final Cancellation cancellation;
    private String file = "";
    private ProgressReporter.@Nullable Task task;

    DownloadDisplay(RunContext context) {
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    @Override
    public void at(String name, long bytes, long of) {
        cancellation.check();
        ProgressReporter.Task shown = task;
        if (shown == null || !name.equals(file)) {
            if (shown != null) {
                shown.close();
            }
            shown = progress.begin("Downloading " + name, Math.max(1, of / KILO), "kB");
            task = shown;
            file = name;
        }
        shown.at(bytes / KILO, "");
        if (bytes >= of) {
            shown.close();
            task = null;
        }
    }
}
