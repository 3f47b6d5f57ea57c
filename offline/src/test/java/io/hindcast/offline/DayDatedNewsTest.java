package io.hindcast.offline;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.ZoneOffset;
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
 * A market that nobody can predict, and articles that say how its day has gone so far. A reader that repeats what they
 * say is right half of the time; if they were visible from the midnight of the day they are dated by, it would be right
 * about what they report.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DayDatedNewsTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 160;
    private static final int ARTICLES_A_DAY = 6;

    private record Written(Instant at, boolean higher) {}

    @TempDir
    static Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    private final List<Written> written = new ArrayList<>();
    private MarketArchive market;
    private ArticleReactions reactions;
    private Days days;

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
        days = new Days(FIRST.plusDays(1), FIRST.plusDays(DAYS - 2));
        try (Cancellation cancellation = Cancellation.onInterrupt(console)) {
            reactions = Articles.reactions(
                    ArticleReactions.DEFAULT,
                    market,
                    new Days(FIRST, FIRST.plusDays(DAYS - 1)),
                    ProgressReporter.NONE,
                    cancellation);
        }
    }

    private static BigDecimal cents(double price) {
        return BigDecimal.valueOf(Math.round(price * 100), 2);
    }

    private static Instant at(int day, int minute) {
        return FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(60L * minute);
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
        return Articles.open(file, market, console).on(days);
    }

    /** Share of articles whose direction the market then took, as training and evaluation measure it. */
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
    void aReaderOfArticlesDatedByDayHasNoAdvantageOverOneThatHasTheTrueTimes() throws IOException {
        said.reset();
        double truth = right(read(time -> "\"" + time + "\""), NewsArticle::publishedAt);
        assertThat(truth).isBetween(0.42, 0.58);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        List<Function<Instant, String>> vague = List.of(
                time -> "\"" + day(time) + "\"",
                time -> "\"" + day(time) + " 00:00:00\"",
                time -> "\"" + day(time) + "T00:00:00Z\"",
                time -> "\""
                        + DateTimeFormatter.ofPattern("EEE, dd MMM yyyy 00:00:00 'GMT'", Locale.ENGLISH)
                                .format(day(time))
                        + "\"",
                time -> "" + day(time).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        for (Function<Instant, String> form : vague) {
            List<NewsArticle> dated = read(form);
            assertThat(right(dated, NewsArticle::publishedAt))
                    .isLessThan(truth + 0.08)
                    .isBetween(0.42, 0.58);
            assertThat(right(
                            dated,
                            article -> Instant.ofEpochMilli(article.publishedAt())
                                    .atZone(ZoneOffset.UTC)
                                    .toLocalDate()
                                    .minusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .toEpochMilli()))
                    .as("what it would be right about if midnight were taken for the time")
                    .isGreaterThan(0.65);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .hasSize(vague.size())
                .allMatch(line -> line.contains(String.format(
                        Locale.ROOT, "%,d of %,d articles are dated by day", written.size(), written.size())));
    }

    /** Day for day: what was written on one is visible on none before it is over. */
    @Test
    void noArticleIsVisibleBeforeItWasWritten() throws IOException {
        for (NewsArticle article : read(time -> "\"" + day(time) + "\"")) {
            int number = Integer.parseInt(article.id().substring(article.id().lastIndexOf('/') + 1));
            assertThat(article.firstSeenAt())
                    .isGreaterThan(written.get(number).at().toEpochMilli());
            assertThat(article.publishedAt()).isEqualTo(article.firstSeenAt());
        }
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
