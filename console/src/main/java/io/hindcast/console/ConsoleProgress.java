package io.hindcast.console;

import io.hindcast.api.progress.ProgressReporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows the progress of long work on the console. A terminal shows a bar with rate and time left; other outputs get a
 * line at the beginning, every few seconds and at the end. Several tasks may run at once, from any threads; a terminal
 * shows the one that began last.
 */
public final class ConsoleProgress implements ProgressReporter {

    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int BAR_WIDTH = 28;

    private final Console console;
    private final LongSupplier nanoTime;
    private final List<Shown> running = new ArrayList<>();

    public ConsoleProgress(Console console) {
        this(console, System::nanoTime);
    }

    ConsoleProgress(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Task begin(String name, long total, String unit) {
        Shown task = new Shown(name, Math.max(1, total), unit, nanoTime.getAsLong());
        running.add(task);
        if (!console.isTerminal()) {
            console.line(name + ": " + count(total) + " " + unit);
        }
        task.show(true);
        return task;
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 60
                ? s + " s"
                : s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s / 60 % 60 + " min";
    }

    private final class Shown implements Task {
        private final String name;
        private final long total;
        private final String unit;
        private final long begun;
        private long firstDone = -1;
        private long done;
        private String note = "";
        private long shownAt;
        private boolean closed;

        private Shown(String name, long total, String unit, long begun) {
            this.name = name;
            this.total = total;
            this.unit = unit;
            this.begun = begun;
            this.shownAt = begun;
        }

        @Override
        public void at(long done, String note) {
            synchronized (ConsoleProgress.this) {
                if (firstDone < 0) {
                    // Work done before a restart does not count for the rate.
                    firstDone = done;
                }
                this.done = done;
                this.note = note;
                show(false);
            }
        }

        @Override
        public void close() {
            synchronized (ConsoleProgress.this) {
                if (closed) {
                    return;
                }
                closed = true;
                running.remove(this);
                if (running.isEmpty()) {
                    console.status(null);
                } else {
                    running.getLast().show(true);
                }
                double seconds = seconds();
                console.line(name + ": " + count(done) + " " + unit + " in "
                        + String.format(Locale.ROOT, "%.1f s", seconds)
                        + (done < total ? " (of " + count(total) + ")" : "") + (note.isEmpty() ? "" : ", " + note));
            }
        }

        private void show(boolean now) {
            long time = nanoTime.getAsLong();
            if (closed || (!now && time - shownAt < (console.isTerminal() ? REDRAW_NANOS : LINE_NANOS))) {
                return;
            }
            shownAt = time;
            if (console.isTerminal()) {
                if (running.getLast() == this) {
                    console.status(bar());
                }
            } else if (!now) {
                console.line(name + ": " + status());
            }
        }

        private String bar() {
            int filled = (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
            return name + " [" + "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled) + "] " + status();
        }

        private String status() {
            long percent = Math.min(100, 100 * done / total);
            StringBuilder text = new StringBuilder()
                    .append(percent)
                    .append(" %  ")
                    .append(count(done))
                    .append('/')
                    .append(count(total))
                    .append(' ')
                    .append(unit);
            long sinceStart = done - Math.max(0, firstDone);
            double seconds = seconds();
            if (sinceStart > 0 && seconds > 0.2) {
                double rate = sinceStart / seconds;
                text.append("  ")
                        .append(rate >= 10 ? count(Math.round(rate)) : String.format(Locale.ROOT, "%.1f", rate))
                        .append("/s  ")
                        .append(time(Math.max(0, total - done) / rate))
                        .append(" left");
            }
            return note.isEmpty()
                    ? text.toString()
                    : text.append("  ").append(note).toString();
        }

        private double seconds() {
            return (nanoTime.getAsLong() - begun) / 1e9;
        }
    }
}
