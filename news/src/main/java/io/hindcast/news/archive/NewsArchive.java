package io.hindcast.news.archive;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
 * An archive of articles: a file of JSON lines, plain or gzip by content, see {@link ArchiveLine}. A line that is no
 * article is refused by its number; of several articles with the same address, the first counts. All articles are about
 * all markets that the archive is played beside.
 */
public final class NewsArchive implements NewsTape {

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MAX_LINE_LENGTH = 1_000_000;
    private static final int MAX_ARTICLES = 2_000_000;

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
                                UtcDay.of(article.published().at()), day -> new ArrayList<>())
                        .add(article));
    }

    /**
     * Reads a whole archive into memory, some 500 bytes an article.
     *
     * @param symbols markets that the articles are about
     * @throws BadNewsArchiveException naming the line or file that cannot be used
     */
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
                        new InputStreamReader(decompressed(bytes), StandardCharsets.UTF_8.newDecoder()))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                if (line++ == 0 && text.startsWith(BYTE_ORDER_MARK)) {
                    text = text.substring(1);
                }
                if (text.length() > MAX_LINE_LENGTH || articles.size() >= MAX_ARTICLES) {
                    throw BadNewsArchiveException.line(
                            file,
                            line,
                            "too much",
                            "at most " + MAX_LINE_LENGTH + " characters, " + MAX_ARTICLES + " lines");
                }
                if (!text.isBlank()) {
                    TapeArticle article = ArchiveLine.parse(file, line, text, symbols);
                    if (seen.add(article.url())) {
                        articles.add(article);
                    }
                }
            }
            bytes.transferTo(OutputStream.nullOutputStream()); // for the digest
        } catch (EOFException | ZipException e) {
            throw BadNewsArchiveException.line(
                    file, line + 1, "cut off or damaged (" + e.getMessage() + ")", "an intact file (copy it again)");
        } catch (CharacterCodingException e) {
            throw BadNewsArchiveException.line(file, line + 1, "not in UTF-8", "UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        if (articles.isEmpty()) {
            throw BadNewsArchiveException.file(file, "empty", "one article a line, " + ArchiveLine.FORM);
        }
        return new NewsArchive(file, HexFormat.of().formatHex(digest.digest()), articles);
    }

    private static InputStream decompressed(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public String description() {
        return description;
    }

    /** Returns the number of articles. */
    public int size() {
        return size;
    }

    @Override
    public Optional<String> estimates() {
        return estimated == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d articles are dated by day, at midnight or without a zone; each is visible from the"
                                + " latest moment that its date can mean.",
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
