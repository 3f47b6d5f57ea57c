package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/** Counts what audits found. Thread-safe. */
final class AuditMeters {

    private final Counter days;
    private final Map<String, Counter> predictions = new TreeMap<>();
    private final Map<String, Counter> audits = new TreeMap<>();

    AuditMeters(MeterRegistry meters) {
        days = Counter.builder("hindcast.audit.days")
                .description("Days of versions that audits compared")
                .register(meters);
        for (String result : new String[] {"exact", "close", "near-tie", "different", "missing", "extra"}) {
            predictions.put(
                    result,
                    Counter.builder("hindcast.audit.predictions")
                            .description("Predictions that audits compared, by result")
                            .tag("result", result)
                            .register(meters));
        }
        for (String end : new String[] {"exact", "divergent", "failed"}) {
            audits.put(
                    end,
                    Counter.builder("hindcast.audits")
                            .description("Audits that ended, by result")
                            .tag("result", end)
                            .register(meters));
        }
    }

    void compared(AuditDay day) {
        days.increment();
        AuditCounts counts = day.counts();
        count("exact", counts.exact());
        count("close", counts.close());
        count("near-tie", counts.nearTies());
        count("different", counts.different());
        count("missing", counts.missing());
        count("extra", counts.extra());
    }

    private void count(String result, int by) {
        Counter counter = predictions.get(result);
        if (counter != null) {
            counter.increment(by);
        }
    }

    void completed(AuditCounts counts) {
        ended(counts.divergences() == 0 ? "exact" : "divergent");
    }

    void failed() {
        ended("failed");
    }

    private void ended(String result) {
        Counter counter = audits.get(result);
        if (counter != null) {
            counter.increment();
        }
    }
}
