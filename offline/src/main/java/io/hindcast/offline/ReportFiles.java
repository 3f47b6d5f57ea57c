package io.hindcast.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hindcast.api.HindcastJson;
import io.hindcast.console.Console;
import io.hindcast.ml.report.HtmlReport;
import io.hindcast.ml.report.Report;
import io.hindcast.ml.report.TextReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a report, as text, HTML and JSON. */
final class ReportFiles {

    static final String TEXT = "report.txt";
    /** Holds only the evaluation, in the form of the log. */
    static final String JSON = "evaluation.json";

    static final String HTML = "report.html";

    static final List<String> NAMES = List.of(HTML, TEXT, JSON);

    private ReportFiles() {}

    private static SortedMap<String, byte[]> of(Report report) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String text = String.join("\n", TextReport.of(report)) + "\n";
        files.put(HTML, HtmlReport.of(report).getBytes(StandardCharsets.UTF_8));
        files.put(TEXT, text.getBytes(StandardCharsets.UTF_8));
        try {
            files.put(
                    JSON,
                    HindcastJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report.evaluation()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an evaluation consists of numbers and names", e);
        }
        return files;
    }

    /**
     * Writes a report and further files unless the run was cancelled, and prints the report.
     *
     * @param further contents of the further files by name
     */
    static void write(Report report, Map<String, byte[]> further, OutputFolder out, RunContext context) {
        context.cancellation().check();
        SortedMap<String, byte[]> files = of(report);
        files.putAll(further);
        out.write(files);
        context.cancellation().written();
        print(report, context.console());
    }

    private static void print(Report report, Console console) {
        console.line("");
        TextReport.of(report).forEach(console::line);
        console.line("");
    }
}
