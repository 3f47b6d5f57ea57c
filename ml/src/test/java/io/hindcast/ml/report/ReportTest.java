package io.hindcast.ml.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.Evaluation;
import io.hindcast.ml.Trained;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.evaluate.OutcomeCounts;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importances;
import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.report.Report.Fact;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final ModelBundle BUNDLE = Trained.MODEL.bundle(Trained.POSITION);
    private static final Report REPORT = report(Trained.MODEL.test(), Trained.MODEL.evaluation());

    private static Report report(ScoredRows scored, Evaluation evaluation) {
        try (Scorer scorer = ScorerEngines.open(BUNDLE)) {
            return new Report(
                    "BTC<USDT>",
                    BUNDLE,
                    scored,
                    evaluation,
                    TrainingOverlap.of(BUNDLE.provenance(), scored),
                    Importances.of(BUNDLE, scorer, scored, _ -> {}),
                    List.of(new Fact("speed", "1 & 2")));
        }
    }

    @Test
    void textShowsMetricsBesideTheirBaselines() {
        String text = String.join("\n", TextReport.of(REPORT));
        Evaluation evaluation = REPORT.evaluation();
        assertThat(text)
                .contains("held out", "always " + REPORT.majority(), "previous-sign", "buy-and-hold")
                .contains(percent(evaluation.accuracy()))
                .contains(percent(evaluation.baselines().get(1).accuracy()))
                .contains(String.format(Locale.ROOT, "%.4f", evaluation.logLoss()))
                .contains(String.format(Locale.ROOT, "%.4f", evaluation.calibrationError()))
                .contains(String.format(Locale.ROOT, "%,d", evaluation.trades()))
                .contains("Importance of features");
    }

    @Test
    void thePageIsCompleteAndSelfContained() {
        String page = HtmlReport.of(REPORT);
        assertThat(page)
                .contains(
                        ">Accuracy<",
                        ">Equity<",
                        ">Confusion<",
                        ">Calibration<",
                        ">Learning<",
                        ">Importance of features<",
                        "prefers-color-scheme: dark",
                        "name=\"viewport\"")
                .contains(percent(REPORT.evaluation().accuracy()))
                .doesNotContain("<script", "http:", "https:", "url(", "@import", " src=", "NaN", "Infinity", "null");
        for (List<Integer> counts : REPORT.evaluation().confusion()) {
            for (int count : counts) {
                assertThat(page).contains("<span>" + NumberFormats.count(count) + "</span>");
            }
        }
    }

    @Test
    void escapesExternalText() {
        assertThat(HtmlReport.of(REPORT))
                .contains("BTC&lt;USDT&gt;", "1 &amp; 2")
                .doesNotContain("BTC<USDT>");
    }

    @Test
    void closesEveryTag() {
        String page = HtmlReport.of(REPORT);
        for (String tag :
                List.of("div", "section", "span", "table", "tr", "td", "th", "dl", "dd", "dt", "ul", "li", "svg")) {
            assertThat(count(page, "<" + tag + "[ >]")).as(tag).isEqualTo(count(page, "</" + tag + ">"));
        }
    }

    @Test
    void marksInSampleRows() {
        RowRange rows = new RowRange(0, 2_000);
        double[] certain = new double[3 * rows.size()];
        java.util.Arrays.fill(certain, 1.0 / 3);
        ScoredRows seen = new ScoredRows(Trained.DATASET, rows, certain);
        Report report = report(seen, Evaluator.evaluate(seen, OutcomeCounts.of(Trained.DATASET, rows), 0.001));
        assertThat(report.overlap().words()).isEqualTo("in-sample");
        assertThat(HtmlReport.of(report)).contains("In-sample: all rows lie in the period");
        assertThat(TextReport.of(report).getFirst()).endsWith("in-sample");
        RowRange test = Trained.MODEL.split().test();
        ScoredRows half =
                new ScoredRows(Trained.DATASET, new RowRange(test.from() - 100, test.from() + 100), new double[600]);
        assertThat(TrainingOverlap.of(BUNDLE.provenance(), half).words()).startsWith("partly in-sample (");
    }

    @Test
    void reportsAModelThatIsNoBetterThanItsBaselines() {
        Evaluation good = REPORT.evaluation();
        Evaluation poor = new Evaluation(
                good.rows(),
                0.2,
                good.macroF1(),
                good.mcc(),
                1.5,
                good.calibrationError(),
                good.confusion(),
                good.profitBeforeFees(),
                -0.99999,
                good.trades(),
                good.feeRate(),
                good.baselines(),
                1.1,
                Optional.empty());
        assertThat(String.join(" ", Verdict.sentences(report(Trained.MODEL.test(), poor))))
                .contains("points less than the best baseline")
                .contains("is not below")
                .contains("does not beat holding", "< −99.99 %");
    }

    @Test
    void marksADegenerateModelInTextAndPage() {
        Evaluation good = REPORT.evaluation();
        int rows = good.rows();
        Evaluation constant = new Evaluation(
                rows,
                0.3,
                0.2,
                0,
                1.1,
                0.1,
                List.of(List.of(0, 0, rows - 20), List.of(0, 0, 10), List.of(0, 0, 10)),
                0,
                0,
                1,
                good.feeRate(),
                good.baselines(),
                1.1,
                Optional.empty());
        Report report = report(Trained.MODEL.test(), constant);
        assertThat(String.join(" ", TextReport.of(report)))
                .contains("Degenerate: it predicts BUY for ", "does not promote such a version");
        assertThat(HtmlReport.of(report))
                .contains(
                        "<span class=\"badge warn\">degenerate</span>",
                        "<li class=\"warn\">Degenerate: it predicts BUY");
        assertThat(HtmlReport.of(REPORT)).doesNotContainIgnoringCase("degenerate");
    }

    @Test
    void readsLearningCurvesAndRejectsDamagedOnes() {
        LearningCurves curves = LearningCurves.of(BUNDLE);
        assertThat(curves.figures().get("validation loss")).isEqualTo(Trained.MODEL.validationLosses());
        assertThat(LearningCurves.parse("round,a\n1,\n2,3\n").figures().get("a"))
                .containsExactly(Double.NaN, 3.0);
        assertThatThrownBy(() -> LearningCurves.parse("round,a\n1,2\n2,x\n"))
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> LearningCurves.parse("a,b\n")).hasMessageContaining("line of names");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static long count(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
