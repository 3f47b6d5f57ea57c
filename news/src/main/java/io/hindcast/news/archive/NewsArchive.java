package io.hindcast.news.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.StatedTime;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An archive of articles: JSON lines, plain or gzip whatever the file is called, with {@code timestamp}, {@code title}
 * and {@code url}, and maybe {@code summary} and {@code source}; other fields are left alone. A timestamp is a
 * {@link StatedTime}: an article that is dated by day is published when that day is over. Text is repaired as that of
 * pages is. A line that is no such article is refused by its number. An archive is about the markets it is played
 * beside: all of its articles are about all of them.
 */
public final class NewsArchive implements NewsTape {

    private static final String FORM =
            "{\"timestamp\":…,\"title\":…,\"url\":…} with summary and source if there are any";
    private static final String TIME_FORM =
            "a moment with its zone like 2022-01-31T08:00:00Z, or a day like 2022-01-31";
    private static final int GZIP = 0x1f8b;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int LONGEST_LINE = 1_000_000;
    private static final int MOST_ARTICLES = 2_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final String channel;
    private final String description;
    private final NavigableMap<LocalDate, List<TapeArticle>> days = new TreeMap<>();
    private final int size;
    private final long estimated;

    private NewsArchive(Path file, String sha256, List<TapeArticle> articles) {
        this.channel = "archive:" + sha256.substring(0, 16);
        this.description = file.getFileName() + ", sha-256 " + sha256.substring(0, 12);
        this.size = articles.size();
        this.estimated = articles.stream()
                .filter(article -> article.published().certainty() == PublishedTime.Certainty.ESTIMATED)
                .count();
        articles.stream()
                .sorted(Comparator.comparing(article -> article.published().at()))
                .forEach(article -> days.computeIfAbsent(
                                dayOf(article.published().at()), day -> new ArrayList<>())
                        .add(article));
    }

    /** Reads all of an archive: some 500 bytes of memory an article. */
    public static NewsArchive open(Path file, List<Symbol> symbols) {
        if (!Files.isRegularFile(file)) {
            throw BadNewsArchiveException.file(
                    file, Files.exists(file) ? "not a file" : "not there", "a jsonl or jsonl.gz file");
        }
        MessageDigest digest = sha256();
        List<TapeArticle> articles = new ArrayList<>();
        Set<ArticleUrl> seen = new HashSet<>();
        long line = 0;
        try (DigestInputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(unpacked(bytes), StandardCharsets.UTF_8.newDecoder()))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                if (line++ == 0 && text.startsWith(BYTE_ORDER_MARK)) {
                    text = text.substring(1);
                }
                if (text.length() > LONGEST_LINE || articles.size() >= MOST_ARTICLES) {
                    throw BadNewsArchiveException.line(
                            file,
                            line,
                            "too much",
                            "at most " + LONGEST_LINE + " characters, " + MOST_ARTICLES + " lines");
                }
                if (!text.isBlank()) {
                    TapeArticle article = article(file, line, text, symbols);
                    if (seen.add(article.url())) {
                        articles.add(article);
                    }
                }
            }
            bytes.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (EOFException | ZipException e) {
            throw BadNewsArchiveException.line(
                    file, line + 1, "cut off or damaged (" + e.getMessage() + ")", "an intact file (copy it again)");
        } catch (CharacterCodingException e) {
            throw BadNewsArchiveException.line(file, line + 1, "not in UTF-8", "UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        if (articles.isEmpty()) {
            throw BadNewsArchiveException.file(file, "empty", "one article a line, " + FORM);
        }
        return new NewsArchive(file, HexFormat.of().formatHex(digest.digest()), articles);
    }

    private static TapeArticle article(Path file, long line, String text, List<Symbol> symbols) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw BadNewsArchiveException.line(file, line, "no JSON (" + e.getOriginalMessage() + ")", FORM);
        }
        String title = PlainText.shortened(PlainText.line(json.path("title").asText("")), 500);
        if (title.isEmpty()) {
            throw BadNewsArchiveException.line(file, line, "without a title", FORM);
        }
        String timestamp = json.path("timestamp").asText("");
        PublishedTime published = StatedTime.read(timestamp)
                .orElseThrow(() -> BadNewsArchiveException.line(
                        file, line, "timestamp '" + PlainText.shortened(timestamp, 100) + "'", TIME_FORM));
        ArticleUrl url = url(file, line, json.path("url").asText(""));
        String source = PlainText.shortened(PlainText.line(json.path("source").asText("")), 100);
        return new TapeArticle(
                published,
                url,
                source.isEmpty() ? url.host() : source,
                symbols,
                title,
                PlainText.shortened(PlainText.line(json.path("summary").asText("")), 5_000));
    }

    /** Where a scraper put its site before an address that was whole already, the whole one is meant. */
    private static ArticleUrl url(Path file, long line, String text) {
        int whole = Math.max(text.lastIndexOf("http://"), text.lastIndexOf("https://"));
        boolean joined = whole > 0 && text.substring(0, whole).matches("https?://[^/?#]+/?");
        try {
            return new ArticleUrl(joined ? text.substring(whole) : text);
        } catch (RefusedException e) {
            throw BadNewsArchiveException.line(file, line, "url '" + text + "'", "an http or https address");
        }
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == GZIP ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public String description() {
        return description;
    }

    /** How many articles there are. */
    public int size() {
        return size;
    }

    @Override
    public Optional<String> estimates() {
        return estimated == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d articles are dated by day, at midnight or without a zone; each is visible from the latest moment"
                                + " that its date can mean.",
                        estimated,
                        size));
    }

    @Override
    public Instant first() {
        return days.firstEntry().getValue().getFirst().published().at();
    }

    @Override
    public Optional<Instant> last() {
        return Optional.of(days.lastEntry().getValue().getLast().published().at());
    }

    @Override
    public List<TapeArticle> day(LocalDate day) {
        return List.copyOf(days.getOrDefault(day, List.of()));
    }
}
