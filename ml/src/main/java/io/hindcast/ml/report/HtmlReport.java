package io.hindcast.ml.report;

import io.hindcast.api.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a report as one self-contained HTML page, without scripts, fonts or external images. */
public final class HtmlReport {

    private static final String STYLE = "report.css";

    private HtmlReport() {}

    public static String of(Report report) {
        String title = report.model() + " on " + report.subject();
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + Html.text(title) + " – Hindcast</title>\n<style>\n" + style()
                + "</style>\n</head>\n<body>\n<main>\n"
                + header(report)
                + "<div class=\"grid\">\n"
                + MetricsSection.html(report)
                + EquitySection.html(report)
                + ClassificationSections.confusion(report)
                + ClassificationSections.reliability(report)
                + LearningSection.html(LearningCurves.of(report.bundle()), report)
                + ImportanceSection.html(report.importances())
                + facts(report)
                + "</div>\n<footer>Past figures on one market; no promise of future results.</footer>\n</main>\n</body>\n</html>\n";
    }

    private static String header(Report report) {
        boolean heldOut = report.overlap().heldOut();
        Optional<String> degenerate = Verdict.degenerate(report.evaluation());
        StringBuilder verdict = new StringBuilder();
        List<String> sentences = Verdict.sentences(report);
        for (int i = 0; i < sentences.size(); i++) {
            boolean warning = (i == 0 && !heldOut)
                    || degenerate.filter(sentences.get(i)::equals).isPresent();
            verdict.append(warning ? "<li class=\"warn\">" : "<li>")
                    .append(Html.text(sentences.get(i)))
                    .append("</li>");
        }
        return "<header><p class=\"brand\">Hindcast</p><div class=\"title\"><h1>" + Html.text(report.model())
                + " <span class=\"on\">on " + Html.text(report.subject()) + "</span></h1><span class=\"badge "
                + (heldOut ? "good" : "warn") + "\">"
                + Html.text(report.overlap().words()) + "</span>"
                + degenerate
                        .map(_ -> "<span class=\"badge warn\">degenerate</span>")
                        .orElse("") + "</div>"
                + "<p class=\"period\">Evaluated on "
                + NumberFormats.days(
                        Instant.ofEpochMilli(report.scored().firstTime()),
                        Instant.ofEpochMilli(report.scored().lastTime()))
                + ", " + NumberFormats.count(report.evaluation().rows()) + " rows; the outcome is the change over "
                + horizon(report) + ", HOLD within ± " + report.bundle().label().thresholdPercent() + " %.</p>"
                + "<ul class=\"verdict\">" + verdict + "</ul></header>\n";
    }

    private static String horizon(Report report) {
        long minutes = report.scored().samples().horizonMillis() / 60_000;
        return minutes % 60 == 0
                ? minutes / 60 + (minutes == 60 ? " hour" : " hours")
                : minutes + (minutes == 1 ? " minute" : " minutes");
    }

    private static String facts(Report report) {
        Provenance provenance = report.bundle().provenance();
        StringBuilder content = new StringBuilder("<dl class=\"facts\">");
        report.facts().forEach(fact -> fact(content, fact.name(), fact.value()));
        fact(content, "dataset", provenance.datasetDigest());
        fact(
                content,
                "features",
                provenance.features().name() + ", " + provenance.features().hash());
        fact(content, "seed", Long.toString(provenance.seed()));
        fact(
                content,
                "scored by",
                report.bundle().scorer().engine() + " "
                        + report.bundle().scorer().libraryVersion());
        fact(content, "trained on", provenance.platform());
        content.append("</dl>");
        Map<String, String> more = new TreeMap<>(provenance.parameters());
        provenance.libraries().forEach((name, version) -> more.put("library " + name, version));
        content.append("<details><summary>All parameters and libraries</summary><dl class=\"facts fine\">");
        more.forEach((name, value) -> fact(content, name, value));
        content.append("</dl></details>");
        return Html.panel("", "Origin", "", content.toString());
    }

    private static void fact(StringBuilder content, String name, String value) {
        content.append("<dt>")
                .append(Html.text(name))
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd>");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException(STYLE + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
