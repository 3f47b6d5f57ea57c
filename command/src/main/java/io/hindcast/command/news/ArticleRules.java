package io.hindcast.command.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of commands about articles; throw a {@link RefusedException} that names the field. */
final class ArticleRules {

    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_SUMMARY = 5_000;
    private static final int LONGEST_BODY = 100_000;
    private static final int LONGEST_SOURCE = 100;
    private static final int MOST_SYMBOLS = 50;
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9:._-]{0,99}");

    private ArticleRules() {}

    static void check(DiscoverArticle command) {
        String of = " of " + command.url();
        text("title" + of, command.title(), 1, LONGEST_TITLE);
        text("summary" + of, command.summary(), 0, LONGEST_SUMMARY);
        text("source" + of, command.source(), 1, LONGEST_SOURCE);
        if (!CHANNEL.matcher(command.channel()).matches()) {
            throw RefusedException.of(
                    "BAD_CHANNEL", "channel" + of, "'" + command.channel() + "'", "a name like yahoo or rss:coindesk");
        }
        List<Symbol> symbols = command.symbols();
        if (symbols.isEmpty() || symbols.size() > MOST_SYMBOLS || new HashSet<>(symbols).size() != symbols.size()) {
            throw RefusedException.of("BAD_SYMBOLS", "symbols" + of, symbols, "1 to " + MOST_SYMBOLS + ", each once");
        }
        if (command.published().at().isAfter(command.firstSeenAt())) {
            throw RefusedException.of(
                    "SEEN_BEFORE_PUBLISHED",
                    "firstSeenAt" + of,
                    command.firstSeenAt(),
                    "its publication " + command.published().at() + " or later");
        }
        if (command.origin() == ArticleOrigin.HISTORY
                && !command.firstSeenAt().equals(command.published().at())) {
            throw RefusedException.of(
                    "HISTORY_SEEN_LATE",
                    "firstSeenAt" + of,
                    command.firstSeenAt(),
                    "its publication " + command.published().at() + ", when history counts as known");
        }
    }

    static void check(RecordArticleContent command) {
        text("body of " + command.articleId(), command.body(), 1, LONGEST_BODY);
    }

    static void check(MeasureArticleReaction command) {
        String of = " of the reaction to " + command.articleId();
        if (command.baseClose().signum() <= 0) {
            throw RefusedException.of("BAD_REACTION", "baseClose" + of, command.baseClose(), "above 0");
        }
        if (!(command.meanClose() > 0 && Double.isFinite(command.meanClose()))) {
            throw RefusedException.of("BAD_REACTION", "meanClose" + of, command.meanClose(), "above 0");
        }
        long most = command.spec().window().toMinutes();
        if (command.bars() < 1 || command.bars() > most) {
            throw RefusedException.of("BAD_REACTION", "bars" + of, command.bars(), "1 to " + most);
        }
    }

    /** @param readings when each text of the article became known */
    static void check(RecordArticleScores command, Set<Symbol> symbols, List<Instant> readings) {
        String of = " of " + command.articleId();
        if (command.reading() < 0 || command.reading() >= readings.size()) {
            throw RefusedException.of(
                    "BAD_READING", "reading" + of, command.reading(), "0 to " + (readings.size() - 1));
        }
        Instant knownAt = readings.get(command.reading());
        if (command.recordedAt().isBefore(knownAt)) {
            throw RefusedException.of(
                    "READ_BEFORE_KNOWN",
                    "recordedAt" + of,
                    command.recordedAt(),
                    "when it was known, " + knownAt + ", or later");
        }
        List<VersionId> versions =
                command.scores().stream().map(VersionScore::version).toList();
        if (versions.isEmpty() || new HashSet<>(versions).size() != versions.size()) {
            throw RefusedException.of("BAD_VERSION", "versions" + of, versions, "one or more, each once");
        }
        if (versions.stream()
                        .map(version -> version.model().symbol())
                        .distinct()
                        .count()
                > 1) {
            throw RefusedException.of("BAD_VERSION", "versions" + of, versions, "those of one symbol");
        }
        for (VersionId version : versions) {
            if (!symbols.contains(version.model().symbol())) {
                throw RefusedException.of("NOT_ABOUT", "version" + of, version, "one on a symbol of " + symbols);
            }
        }
    }

    private static void text(String what, String text, int shortest, int longest) {
        int length = text.strip().length();
        if (text.indexOf('\0') >= 0) {
            // PostgreSQL cannot store it in a text.
            throw RefusedException.of("BAD_TEXT", what, "with a character of code 0", "text");
        }
        if (length < shortest || text.length() > longest) {
            throw RefusedException.of(
                    "BAD_TEXT",
                    what,
                    length < shortest ? "empty" : text.length() + " characters long",
                    shortest + " to " + longest + " characters");
        }
    }
}
