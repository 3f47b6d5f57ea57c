package io.hindcast.news.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.runtime.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewsArchiveTest {

    private static final List<Symbol> BTC = List.of(new Symbol("BTCUSDT"));
    private static final String GOOD =
            "{\"timestamp\":\"2022-02-01T08:00:00Z\",\"title\":\"Bitcoin \\\\x9crises\\\\x9d\","
                    + "\"summary\":\"It did.\",\"source\":\"Example\",\"subject\":\"x\",\"url\":\"https://example.com/a?utm_source=z\"}";

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        Path file = folder.resolve("news.jsonl");
        Files.writeString(file, String.join("\n", lines));
        return file;
    }

    @Test
    void readsEachArticleOnceInOrderOfTimeWithRepairedText() throws IOException {
        NewsArchive archive = NewsArchive.open(
                file(
                        GOOD.replace("08:00", "09:00").replace("/a?", "/b?"),
                        GOOD,
                        "",
                        GOOD.replace("08:00", "10:00"),
                        "{\"timestamp\":\"2022-02-02\",\"title\":\"T\",\"url\":\"https://cointelegraph.comhttps://cointelegraph.com/x\"}"),
                BTC);
        assertThat(archive.size()).isEqualTo(3);
        List<TapeArticle> day = archive.day(LocalDate.of(2022, 2, 1));
        assertThat(day)
                .extracting(article -> article.url().value())
                .containsExactly("https://example.com/a", "https://example.com/b");
        assertThat(day.getFirst())
                .extracting(TapeArticle::title, TapeArticle::summary, TapeArticle::source, TapeArticle::symbols)
                .containsExactly("Bitcoin “rises”", "It did.", "Example", BTC);
        TapeArticle last = archive.day(LocalDate.of(2022, 2, 3)).getFirst();
        assertThat(last.url()).hasToString("https://cointelegraph.com/x");
        assertThat(last.source()).isEqualTo("cointelegraph.com");
        assertThat(archive.first()).isEqualTo(Instant.parse("2022-02-01T08:00:00Z"));
        assertThat(archive.last()).as("the end of its day everywhere").contains(Instant.parse("2022-02-03T12:00:00Z"));
        assertThat(archive.estimates().orElseThrow()).startsWith("1 of 3 articles are dated by day");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            quoteCharacter = '`',
            value = {
                "not json → no JSON",
                "{\"timestamp\":\"2022-02-01T08:00:00Z\",\"url\":\"https://example.com/a\"} → without a title",
                "{\"timestamp\":\"soon\",\"title\":\"T\",\"url\":\"https://example.com/a\"} → timestamp 'soon'",
                "{\"title\":\"T\",\"url\":\"https://example.com/a\"} → timestamp ''",
                "{\"timestamp\":\"03/04/2024\",\"title\":\"T\",\"url\":\"https://example.com/a\"} → 2022-01-31T08:00:00Z",
                "{\"timestamp\":170925150,\"title\":\"T\",\"url\":\"https://example.com/a\"} → timestamp '170925150'",
                "{\"timestamp\":\"2022-02-01T08:00:00Z\",\"title\":\"T\",\"url\":\"ftp://x\"} → url 'ftp://x'",
                "{\"timestamp\":\"2022-02-01T08:00:00Z\",\"title\":\"T\"} → url ''",
                "[1,2] → without a title"
            })
    void refusesMalformedLineByNumber(String line, String why) throws IOException {
        Path file = file(GOOD, "", line);
        assertThatThrownBy(() -> NewsArchive.open(file, BTC))
                .isInstanceOf(BadNewsArchiveException.class)
                .hasMessageContaining("line 3 of news archive " + file)
                .hasMessageContaining(why);
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertThatThrownBy(() -> NewsArchive.open(folder.resolve("nothing"), BTC))
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> NewsArchive.open(folder, BTC)).hasMessageContaining("not a file");
        Path empty = file("", "");
        assertThatThrownBy(() -> NewsArchive.open(empty, BTC)).hasMessageContaining("empty");
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, GOOD.replace("rises", "é").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> NewsArchive.open(latin, BTC)).hasMessageContaining("UTF-8");
    }

    @Test
    void refusesTruncatedFile() throws IOException {
        Path whole = folder.resolve("news.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            for (int i = 0; i < 500; i++) {
                out.write((GOOD.replace("/a?", "/" + i * 7919L + "?") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(NewsArchive.open(whole, BTC).size()).isEqualTo(500);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.jsonl.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> NewsArchive.open(cut, BTC))
                .isInstanceOf(BadNewsArchiveException.class)
                .hasMessageContaining("cut off or damaged");
        Path plain = folder.resolve("plain.jsonl.gz");
        Files.writeString(plain, GOOD);
        assertThat(NewsArchive.open(plain, BTC).size())
                .as("recognised by content")
                .isEqualTo(1);
    }

    private static List<TapeArticle> all(NewsArchive archive) {
        LocalDate first = UtcDay.of(archive.first());
        LocalDate last = UtcDay.of(archive.last().orElseThrow());
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> archive.day(day).stream())
                .toList();
    }

    private static String dated(String time, int number) {
        return "{\"timestamp\":" + time + ",\"title\":\"Title " + number + "\",\"url\":\"https://example.com/" + number
                + "\"}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"2024-01-02\"", "\"2024-01-02 00:00:00\"", "1704153600", "\"Tue, 02 Jan 2024 00:00:00 GMT\""})
    void articleDatedByDayIsNotVisibleOnThatDay(String day) throws IOException {
        NewsArchive archive =
                NewsArchive.open(file(dated(day, 1), dated("\"2024-01-02T13:00:00Z\"", 2), dated(day, 3)), BTC);
        assertThat(all(archive))
                .extracting(TapeArticle::title, TapeArticle::published)
                .containsExactly(
                        tuple("Title 2", PublishedTime.stated(Instant.parse("2024-01-02T13:00:00Z"))),
                        tuple("Title 1", PublishedTime.estimated(Instant.parse("2024-01-03T12:00:00Z"))),
                        tuple("Title 3", PublishedTime.estimated(Instant.parse("2024-01-03T12:00:00Z"))));
        assertThat(archive.estimates().orElseThrow()).startsWith("2 of 3 articles");
    }

    @Test
    void reportsNoEstimatesForStatedTimes() throws IOException {
        assertThat(NewsArchive.open(file(GOOD), BTC).estimates()).isEmpty();
    }

    @Test
    void acceptsByteOrderMarkAndGzipUnderAnyName() throws IOException {
        Path marked = folder.resolve("marked.jsonl");
        Files.writeString(marked, "\uFEFF" + GOOD);
        Path packed = folder.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(NewsArchive.open(marked, BTC).size()).isEqualTo(1);
        assertThat(NewsArchive.open(packed, BTC).size()).isEqualTo(1);
    }

    @Test
    void removesUnpairedSurrogatesFromTexts() throws IOException {
        NewsArchive archive = NewsArchive.open(file("""
                        {"timestamp":"2022-02-01T08:00:00Z","title":"To the \\ud83d moon \\ude80","summary":"Up \\udc00","source":"A\\ud800","url":"https://example.com/a\\ud83d?b=\\ude80"}""", """
                        {"timestamp":"2022-02-01T09:00:00Z","title":"Whole \\ud83d\\ude80","url":"https://example.com/b"}"""), BTC);
        assertThat(all(archive))
                .extracting(TapeArticle::title, TapeArticle::summary, TapeArticle::source)
                .containsExactly(tuple("To the moon", "Up", "A"), tuple("Whole \ud83d\ude80", "", "example.com"));
        assertThat(all(archive).getFirst().url()).hasToString("https://example.com/a%EF%BF%BD?b=%EF%BF%BD");
    }

    @ParameterizedTest
    @CsvSource({
        "bom, 25, 0",
        "epoch, 25, 0",
        "hour-offset, 25, 0",
        "rfc822, 25, 0",
        "utc-word, 25, 0",
        "packed-no-ending, 1000, 1",
        "half-emoji, 11, 0",
        "half-emoji-low, 11, 0",
        "days, 25, 25",
        "midnights, 25, 25"
    })
    void readsFilesFoundInTheWild(String name, int articles, int estimated) {
        NewsArchive archive = NewsArchive.open(SharedData.file("trouble/news/" + name + ".jsonl"), BTC);
        assertThat(archive.size()).isEqualTo(articles);
        assertThat(all(archive)).hasSize(articles).allSatisfy(article -> {
            assertThat(article.title().chars().noneMatch(c -> Character.isSurrogate((char) c)))
                    .isTrue();
        });
        assertThat(all(archive))
                .filteredOn(article -> article.published().certainty() == PublishedTime.Certainty.ESTIMATED)
                .as("one in the gzip file is dated midnight")
                .hasSize(estimated);
        assertThat(archive.first())
                .isEqualTo(Instant.parse(estimated > 1 ? "2024-01-02T12:00:00Z" : "2024-03-01T00:05:00Z"));
    }

    @Test
    void channelDependsOnContent() throws IOException {
        String one = NewsArchive.open(file(GOOD), BTC).channel();
        assertThat(NewsArchive.open(file(GOOD), BTC).channel()).isEqualTo(one).matches("archive:[0-9a-f]{16}");
        assertThat(NewsArchive.open(file(GOOD, ""), BTC).channel()).isNotEqualTo(one);
    }

    @Test
    void readsWholeSavedArchive() {
        NewsArchive archive = NewsArchive.open(
                SharedData.file("news-cointelegraph-cryptonews-cryptopotato-2021-10-2022-07.jsonl.gz"), BTC);
        assertThat(archive.size()).isEqualTo(7_464);
        List<TapeArticle> within = new ArrayList<>();
        for (LocalDate day = LocalDate.of(2022, 1, 1); day.getYear() == 2022; day = day.plusDays(1)) {
            within.addAll(archive.day(day));
        }
        assertThat(within).hasSize(7_122);
        assertThat(archive.estimates().orElseThrow()).startsWith("129 of 7,464 articles");
        assertThat(within).allSatisfy(article -> {
            assertThat(article.title()).isNotBlank().doesNotContain("\\x");
            assertThat(article.summary()).doesNotContain("\\x");
            assertThat(article.url().host()).matches("(cointelegraph|cryptonews|cryptopotato)\\.com");
        });
    }
}
