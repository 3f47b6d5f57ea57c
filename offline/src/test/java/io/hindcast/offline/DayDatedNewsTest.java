package io.hindcast.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.console.Console;
import io.hindcast.ml.label.ArticleReaction;
import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.trl.NewsArticle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * No look-ahead from articles dated by day. The market is random, and each article reports how its day has gone so far.
 * Predicting what an article reports is right half of the time; if articles were visible from the midnight of their
 * day, it would be right far more often.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DayDatedNewsTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 160;
    private static final int ARTICLES_A_DAY = 6;

    private record Written(Instant at, boolean higher) {}

    @TempDir
    static Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
    private final List<Written> written = new ArrayList<>();
    private MarketArchive market;
    private ArticleReactions reactions;
    private DayRange days;

    @BeforeAll
    void writeTheMarket() throws IOException {
        Random random = new Random(11);
        StringBuilder lines = new StringBuilder();
        double price = 50_000;
        for (int day = 0; day < DAYS; day++) {
            double open = price;
            List<Integer> minutes =
                    random.ints(ARTICLES_A_DAY, 360, 1430).sorted().boxed().toList();
            for (int minute = 0; minute < 1440; minute++) {
                long time = at(day, minute).toEpochMilli();
                double close = price * (1 + 0.0006 * random.nextGaussian());
                lines.append(time).append(',').append(cents(price)).append(',');
                lines.append(cents(Math.max(price, close) + 0.01)).append(',');
                lines.append(cents(Math.min(price, close) - 0.01)).append(',');
                lines.append(cents(close)).append(",1,").append(time + 59_999).append(',');
                lines.append(cents(close)).append(",1,0,0\n");
                price = close;
                for (int number : minutes) {
                    if (number == minute) {
                        written.add(new Written(at(day, minute + 1), close > open));
                    }
                }
            }
        }
        Path klines = Files.writeString(folder.resolve("BTCUSDT-1m-2024.csv"), lines);
        market = MarketArchive.open(klines, null);
        days = new DayRange(FIRST.plusDays(1), FIRST.plusDays(DAYS - 2));
        try (Cancellation cancellation = Cancellation.onInterrupt(console)) {
            reactions = ArticleArchive.reactions(
                    ArticleReactions.DEFAULT,
                    market,
                    new DayRange(FIRST, FIRST.plusDays(DAYS - 1)),
                    new RunContext(console, ProgressReporter.NONE, cancellation, System::nanoTime));
        }
    }

    private static BigDecimal cents(double price) {
        return BigDecimal.valueOf(Math.round(price * 100), 2);
    }

    private static Instant at(int day, int minute) {
        return UtcDay.start(FIRST.plusDays(day)).plusSeconds(60L * minute);
    }

    private List<NewsArticle> read(Function<Instant, String> time) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < written.size(); i++) {
            lines.append("{\"timestamp\":")
                    .append(time.apply(written.get(i).at()))
                    .append(",\"title\":\"Bitcoin is ")
                    .append(written.get(i).higher() ? "higher" : "lower")
                    .append(" today\",\"url\":\"https://news.example/")
                    .append(i)
                    .append("\"}\n");
        }
        Path file = Files.writeString(Files.createTempFile(folder, "news", ".jsonl"), lines);
        return ArticleArchive.open(file, market, console).on(days);
    }

    /** Returns the share of articles whose direction the market then took, as measured in training and evaluation. */
    private double right(List<NewsArticle> articles, ToLongFunction<NewsArticle> published) {
        int right = 0;
        int measured = 0;
        for (NewsArticle article : articles) {
            ArticleReaction reaction =
                    reactions.to(published.applyAsLong(article)).orElse(null);
            if (reaction != null) {
                measured++;
                right += reaction.mean() > reaction.base() == article.title().contains("higher") ? 1 : 0;
            }
        }
        assertThat(measured).isGreaterThan(800);
        return (double) right / measured;
    }

    @Test
    void articlesDatedByDayGiveNoAdvantageOverTrueTimes() throws IOException {
        printed.reset();
        double truth = right(read(time -> "\"" + time + "\""), NewsArticle::publishedAt);
        assertThat(truth).isBetween(0.42, 0.58);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        List<Function<Instant, String>> vague = List.of(
                time -> "\"" + day(time) + "\"",
                time -> "\"" + day(time) + " 00:00:00\"",
                time -> "\"" + day(time) + "T00:00:00Z\"",
                time -> "\""
                        + DateTimeFormatter.ofPattern("EEE, dd MMM yyyy 00:00:00 'GMT'", Locale.ENGLISH)
                                .format(day(time))
                        + "\"",
                time -> "" + UtcDay.start(day(time)).getEpochSecond());
        for (Function<Instant, String> form : vague) {
            List<NewsArticle> dated = read(form);
            assertThat(right(dated, NewsArticle::publishedAt))
                    .isLessThan(truth + 0.08)
                    .isBetween(0.42, 0.58);
            assertThat(right(
                            dated,
                            article -> UtcDay.start(day(Instant.ofEpochMilli(article.publishedAt()))
                                            .minusDays(1))
                                    .toEpochMilli()))
                    .as("accuracy if articles were visible at midnight")
                    .isGreaterThan(0.65);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(vague.size())
                .allMatch(line -> line.contains(String.format(
                        Locale.ROOT, "%,d of %,d articles are dated by day", written.size(), written.size())));
    }

    /** An article dated by day is visible only after that day is over. */
    @Test
    void articlesAreNotVisibleBeforeTheyWereWritten() throws IOException {
        for (NewsArticle article : read(time -> "\"" + day(time) + "\"")) {
            int number = Integer.parseInt(article.id().substring(article.id().lastIndexOf('/') + 1));
            assertThat(article.firstSeenAt())
                    .isGreaterThan(written.get(number).at().toEpochMilli());
            assertThat(article.publishedAt()).isEqualTo(article.firstSeenAt());
        }
    }

    private static LocalDate day(Instant time) {
        return UtcDay.of(time);
    }
}
