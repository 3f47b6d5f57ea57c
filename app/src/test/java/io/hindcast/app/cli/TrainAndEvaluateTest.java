package io.hindcast.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.console.Console;
import io.hindcast.ml.model.ModelBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training and evaluation from the command line, with files only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainAndEvaluateTest {

    @TempDir
    static Path temp;

    private Path archive = Path.of("");
    private Path news = Path.of("");
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    void trainOnAGeneratedMarket() throws IOException {
        archive = GeneratedArchive.write(temp, 4);
        assertThat(train("lightgbm", "lightgbm", "--rounds", "20"))
                .as("%s", err)
                .isZero();
        assertThat(train("tst", "tst", "--rounds", "2", "--steps", "15"))
                .as("%s", err)
                .isZero();
        news = GeneratedArchive.writeNews(temp, 4);
        assertThat(train(
                        "trl",
                        "trl",
                        "--preset",
                        "trl-small",
                        "--rounds",
                        "2",
                        "--news",
                        news.toString(),
                        "--horizon",
                        "60",
                        "--threshold",
                        "0.05"))
                .as("%s", err)
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void theStoredModelEvaluatesLikeTheTrainedOne(ModelFamily family) throws IOException {
        String name = family.name().toLowerCase(Locale.ROOT);
        Path trained = temp.resolve(name);
        Path judged = temp.resolve(name + "-judged");
        assertThat(run(
                        "evaluate",
                        "--model",
                        trained.resolve("model.zip").toString(),
                        "--archive",
                        archive.toString(),
                        "--news",
                        news.toString(),
                        "--from",
                        "2024-03-04",
                        "--to",
                        "2024-03-04",
                        "--out",
                        judged.toString()))
                .as("%s", err)
                .isZero();
        Evaluation first = evaluation(trained);
        Evaluation again = evaluation(judged);
        ModelBundle bundle = ModelBundle.read(Files.readAllBytes(trained.resolve("model.zip")));
        assertThat(bundle.family()).isEqualTo(family);
        assertThat(bundle.evaluation()).isEqualTo(first);
        assertThat(again.rows()).isEqualTo(first.rows()).isEqualTo(family == ModelFamily.TRL ? 69 : 1439);
        assertThat(again.confusion()).isEqualTo(first.confusion());
        assertThat(again.logLoss()).isCloseTo(first.logLoss(), within(1e-6));
        assertThat(again.profitAfterFees()).isCloseTo(first.profitAfterFees(), within(1e-9));
        assertThat(again.baselines()).isEqualTo(first.baselines());
        for (Path folder : List.of(trained, judged)) {
            String accuracy = String.format(Locale.ROOT, "%.1f %%", 100 * first.accuracy());
            assertThat(folder.resolve("report.txt")).content().contains("held out", accuracy, "buy-and-hold");
            assertThat(folder.resolve("report.html"))
                    .content()
                    .contains(
                            "held out",
                            accuracy,
                            ">Equity<",
                            ">Calibration<",
                            ">Learning<",
                            family == ModelFamily.TRL ? ">Words that move it<" : ">Importance of features<");
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("Training " + name, "Evaluating", "macro-F1", "Wrote " + judged.resolve("report.html"));
    }

    @Test
    void trainsOnSentimentOfAReaderOutOfSample() throws IOException {
        assertThat(run(
                        "train",
                        "--family",
                        "trl",
                        "--preset",
                        "trl-small",
                        "--rounds",
                        "1",
                        "--archive",
                        archive.toString(),
                        "--news",
                        news.toString(),
                        "--horizon",
                        "60",
                        "--threshold",
                        "0.05",
                        "--to",
                        "2024-03-02",
                        "--out",
                        temp.resolve("reader").toString()))
                .as("%s", err)
                .isZero();
        assertThat(informed("informed", model("reader"))).as("%s", err).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("Sentiment features use \\d+ of 288 articles, those after 2024-03-02T.* have some\\.");
        ModelBundle bundle = ModelBundle.read(Files.readAllBytes(temp.resolve("informed/model.zip")));
        assertThat(bundle.provenance().features().name()).isEqualTo("price-news-v1");

        Path judged = temp.resolve("informed-judged");
        String[] day = {"--from", "2024-03-04", "--news", news.toString(), "--reader"};
        assertThat(evaluate("informed", judged, with(day, model("reader"))))
                .as("%s", err)
                .isZero();
        assertThat(evaluation(judged).confusion())
                .isEqualTo(evaluation(temp.resolve("informed")).confusion());
        refused(() -> evaluate("informed", temp.resolve("x"), with(day, model("trl"))), "trained with another one");
        refused(() -> evaluate("informed", temp.resolve("x")), "sentiment features", "--news", "--reader");
        refused(() -> evaluate("lightgbm", temp.resolve("x"), with(day, model("reader"))), "prices alone");
        refused(() -> evaluate("trl", temp.resolve("x"), with(day, model("reader"))), "reads articles itself");
        refused(
                () -> informed("x", model("reader"), "--symbol", "ELSEUSDT"),
                "trained on articles about TESTUSDT",
                "ELSEUSDT");
        assertThat(train("tst", "informed-tst", tstWithNews())).as("%s", err).isZero();
        assertThat(temp.resolve("informed-tst/report.html")).content().contains(">sentiment_total<");
        refused(
                () -> train("tst", "x", with(with(tstWithNews(), "--warm-start"), model("tst"))),
                "whose weights do not fit");
    }

    private String[] tstWithNews() {
        return new String[] {"--rounds", "1", "--steps", "2", "--news", news.toString(), "--reader", model("reader")};
    }

    private int informed(String out, String reader, String... more) {
        List<String> options =
                new ArrayList<>(List.of("--rounds", "20", "--news", news.toString(), "--reader", reader));
        options.addAll(List.of(more));
        return train("lightgbm", out, options.toArray(String[]::new));
    }

    private static String model(String of) {
        return temp.resolve(of).resolve("model.zip").toString();
    }

    private static String[] with(String[] options, String last) {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = last;
        return all;
    }

    @Test
    void theSameSeedReproducesTheModel() throws IOException {
        assertThat(train("lightgbm", "again", "--rounds", "20")).isZero();
        assertThat(temp.resolve("again/model.zip")).hasSameBinaryContentAs(temp.resolve("lightgbm/model.zip"));
    }

    @Test
    void aModelRecordsItsProvenance() throws IOException {
        ModelBundle bundle = ModelBundle.read(Files.readAllBytes(temp.resolve("tst/model.zip")));
        assertThat(bundle.provenance().parameters())
                .containsEntry("preset", "tst-small")
                .containsEntry("source.symbol", "TESTUSDT")
                .containsEntry("result.test.from", "2024-03-04T00:00:00Z")
                .hasEntrySatisfying("source.archive", text -> assertThat(text).contains("generated.csv, sha256 "));
        assertThat(bundle.provenance().dataFrom()).isEqualTo("2024-03-01T00:00:00Z");
        assertThat(bundle.provenance().inSampleTo()).isBefore("2024-03-04T00:00:00Z");
    }

    @Test
    void reportsDaysOfTheTrainingDataAsInSample() {
        Path out = temp.resolve("seen");
        assertThat(evaluate("lightgbm", out, "--to", "2024-03-02"))
                .as("%s", err)
                .isZero();
        assertThat(out.resolve("report.txt")).content().contains("in-sample", "In-sample: all rows");
        assertThat(evaluate("lightgbm", out, "--force")).as("%s", err).isZero();
        assertThat(out.resolve("report.html")).content().contains("partly in-sample");
    }

    @Test
    void evaluatesOnTheLastRowsByDefault() throws IOException {
        assertThat(run(
                        "train",
                        "--family",
                        "lightgbm",
                        "--rounds",
                        "3",
                        "--archive",
                        archive.toString(),
                        "--out",
                        temp.resolve("last").toString()))
                .as("%s", err)
                .isZero();
        assertThat(evaluation(temp.resolve("last")).rows()).isEqualTo(Math.round(0.15 * (4 * 1440 - 1)));
    }

    @Test
    void warmStartsFromMatchingWeightsOnly() {
        String weights = temp.resolve("tst/model.zip").toString();
        assertThat(train("tst", "warm", "--rounds", "1", "--steps", "2", "--warm-start", weights))
                .as("%s", err)
                .isZero();
        assertThat(temp.resolve("warm/report.html")).content().contains("warmStart.sha256");
        refused(
                () -> train("tst", "other", "--preset", "tst-patch", "--warm-start", weights),
                "tst-small",
                "do not fit");
        refused(() -> train("lightgbm", "other", "--warm-start", weights), "--warm-start", "trees are grown anew");
    }

    @Test
    void refusesInapplicableOptionsInOneLine() {
        refused(() -> train("lightgbm", "x", "--preset", "tst-small"), "--preset is not for lightgbm");
        refused(() -> train("tst", "x", "--news", news.toString()), "--news is of no use", "--reader");
        refused(() -> train("tst", "x", "--reader", "reader.zip"), "--reader has nothing to read", "--news");
        refused(() -> informed("x", "nowhere.zip"), "--reader nowhere.zip is not there");
        refused(() -> informed("x", model("lightgbm")), "is a lightgbm model, which reads no articles");
        refused(
                () -> train("trl", "x", "--news", news.toString(), "--reader", model("trl")),
                "--reader is not for trl");
        refused(() -> train("tst", "x", "--preset", "tst-huge"), "tst-huge", "tst-small or tst-patch");
        refused(() -> train("trl", "x"), "Name an archive of them with --news");
        refused(() -> train("trl", "x", "--news", news.toString(), "--steps", "3"), "--steps is not for trl");
        refused(() -> train("lightgbm", "x", "--base", "folder"), "--base is not for lightgbm");
        refused(() -> train("lightgbm", "x", "--rounds", "0"), "--rounds was 0, expected 1 or more");
        refused(() -> train("lightgbm", "x", "--fee", "120"), "--fee was 120.0");
        refused(() -> train("lightgbm", "x", "--horizon", "0"), "horizonBars was 0");
        misunderstood(() -> train("prophet", "x"), "--family", "prophet", "LIGHTGBM, TST, TRL");
        misunderstood(() -> train("lightgbm", "x", "--budget", "soon"), "--budget", "'soon' is no time above zero");
        assertThat(temp.resolve("x")).as("nothing is written").isEmptyDirectory();
    }

    @Test
    @Timeout(120)
    void aTimeBudgetEndsALongEpoch() throws IOException {
        assertThat(train("tst", "tst-budget", "--rounds", "1000", "--steps", "1000000", "--budget", "3s"))
                .as("%s", err)
                .isZero();
        assertThat(temp.resolve("tst-budget").resolve("report.txt"))
                .content()
                .contains("1 kept of 1 done; then the time was up");
        refused(
                () -> train("tst", "x", "--budget", "0.001s"),
                "the time budget of 0.001s was spent before the first step",
                "--budget");
    }

    @Test
    void refusesInvalidDaysInOneLine() {
        String file = archive.toString();
        refused(() -> lightGbm("--archive", file, "--to", "2024-03-09"), "holds 2024-03-01 to 2024-03-04", "--to");
        refused(() -> lightGbm("--archive", file, "--from", "2024-03-03", "--to", "2024-03-02"), "is before --from");
        refused(
                () -> lightGbm("--archive", file, "--to", "2024-03-03", "--test-from", "2024-03-03"),
                "--test-from 2024-03-03 is not after --to 2024-03-03");
        refused(() -> lightGbm("--archive", file, "--test-to", "2024-03-03"), "--test-from");
        refused(
                () -> lightGbm("--archive", file, "--horizon", "700", "--to", "2024-03-01"),
                "Nothing can be learned",
                "too short");
    }

    @Test
    void refusesInvalidFilesInOneLine() throws IOException {
        refused(
                () -> lightGbm("--archive", temp.resolve("none.csv").toString(), "--symbol", "TESTUSDT"),
                "none.csv",
                "not there");
        Path bad = Files.writeString(temp.resolve("testusdt-1m-bad.csv"), "1,2,3\n");
        refused(() -> lightGbm("--archive", bad.toString()), "line 1", "columns");
        refused(() -> evaluate("none", temp.resolve("y")), "not there", "hindcast train");
        Files.createDirectories(temp.resolve("text"));
        Files.writeString(temp.resolve("text/model.zip"), "no model");
        refused(() -> evaluate("text", temp.resolve("y")), "is no model", "hindcast train");
        refused(() -> train("lightgbm", "lightgbm"), "holds a model.zip already", "--force");
        refused(
                () -> run("evaluate", "--model", "m", "--archive", archive.toString(), "--out", bad.toString()),
                "--out",
                "no folder");
    }

    private int train(String family, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--family",
                family,
                "--archive",
                archive.toString(),
                "--test-from",
                "2024-03-04",
                "--out",
                temp.resolve(out).toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int lightGbm(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train", "--family", "lightgbm", "--out", temp.resolve("x").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int evaluate(String model, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate",
                "--model",
                temp.resolve(model).resolve("model.zip").toString(),
                "--archive",
                archive.toString(),
                "--out",
                out.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
        return HindcastCommand.commandLine(() -> console)
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void refused(java.util.function.IntSupplier command, String... parts) {
        assertThat(command.getAsInt()).isEqualTo(1);
        assertOneLine(parts);
    }

    private void misunderstood(java.util.function.IntSupplier command, String... parts) {
        assertThat(command.getAsInt()).isEqualTo(2);
        assertOneLine(parts);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("hindcast: ")
                .doesNotContain("Unexpected")
                .contains(parts);
    }

    private static Evaluation evaluation(Path folder) throws IOException {
        return HindcastJson.mapper().readValue(folder.resolve("evaluation.json").toFile(), Evaluation.class);
    }
}
