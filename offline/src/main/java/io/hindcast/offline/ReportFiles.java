package io.hindcast.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hindcast.api.HindcastJson;
import io.hindcast.console.Console;
import io.hindcast.ml.report.HtmlReport;
import io.hindcast.ml.report.Report;
import io.hindcast.ml.report.TextReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report in the forms in which it is kept. */
final class ReportFiles {

    static final String TEXT = "report.txt";
    /** The evaluation alone, as the log records it. */
    static final String JSON = "evaluation.json";

    static final String HTML = "report.html";

    static final List<String> NAMES = List.of(HTML, TEXT, JSON);

    private ReportFiles() {}

    static SortedMap<String, byte[]> of(Report report) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String text = String.join("\n", TextReport.of(report)) + "\n";
        files.put(HTML, HtmlReport.of(report).getBytes(StandardCharsets.UTF_8));
        files.put(TEXT, text.getBytes(StandardCharsets.UTF_8));
        try {
            files.put(
                    JSON,
                    HindcastJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report.evaluation()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an evaluation is made of numbers and names", e);
        }
        return files;
    }

    static void print(Report report, Console console) {
        console.line("");
        TextReport.of(report).forEach(console::line);
        console.line("");
    }
}
