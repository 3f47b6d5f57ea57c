package io.hindcast.command.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.PriceChange;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.command.news.ArticleState.ScoreKey;
import io.hindcast.command.news.ArticleState.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides the events that follow from a command about an article, as a function of its state. Every method throws a
 * {@link RefusedException} for a command that must be refused, and returns no event for a repetition.
 */
final class ArticleDecisions {

    private ArticleDecisions() {}

    /** @param repeated the headline that a new article repeats; ignored for one that is discovered already */
    static List<NewsEvent> decide(ArticleState state, DiscoverArticle command, Optional<NearDuplicate> repeated) {
        ArticleRules.check(command);
        if (state.discovered().isEmpty()) {
            return List.of(discovery(command, repeated));
        }
        ArticleDiscovered known = state.discovered().get();
        List<NewsEvent> events = new ArrayList<>();
        List<Symbol> added = command.symbols().stream()
                .filter(symbol -> !state.symbols().containsKey(symbol))
                .sorted()
                .toList();
        if (!added.isEmpty()) {
            events.add(new ArticleSymbolsAdded(
                    command.articleId(), command.channel(), added, later(command.firstSeenAt(), known.firstSeenAt())));
        }
        if (corrects(command, known, state.wording())) {
            events.add(new ArticleRevised(
                    command.articleId(),
                    state.wording().revision() + 1,
                    command.title(),
                    command.summary(),
                    Optional.empty(),
                    command.firstSeenAt()));
        }
        return events;
    }

    private static ArticleDiscovered discovery(DiscoverArticle command, Optional<NearDuplicate> repeated) {
        return new ArticleDiscovered(
                command.articleId(),
                command.url(),
                command.channel(),
                command.source(),
                command.symbols().stream().sorted().toList(),
                command.title(),
                command.summary(),
                command.published(),
                command.origin(),
                command.firstSeenAt(),
                repeated);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    private static boolean corrects(DiscoverArticle command, ArticleDiscovered known, Wording wording) {
        return command.channel().equals(known.channel())
                && command.origin() == ArticleOrigin.LIVE
                && command.firstSeenAt().isAfter(wording.knownAt())
                && !(command.title().equals(wording.title())
                        && command.summary().equals(wording.summary()));
    }

    static List<NewsEvent> decide(ArticleState state, RecordArticleContent command) {
        ArticleRules.check(command);
        ArticleDiscovered known = discovered(state, command.articleId());
        if (command.fetchedAt().isBefore(known.firstSeenAt())) {
            throw RefusedException.of(
                    "FETCHED_BEFORE_SEEN",
                    "fetchedAt of " + command.articleId(),
                    command.fetchedAt(),
                    "when it was first seen, " + known.firstSeenAt() + ", or later");
        }
        Wording wording = state.wording();
        if (wording.body().isEmpty()) {
            return List.of(new ArticleContentFetched(command.articleId(), command.body(), command.fetchedAt()));
        }
        if (wording.body().get().equals(TextDigest.of(command.body()))
                || !command.fetchedAt().isAfter(wording.knownAt())) {
            return List.of();
        }
        return List.of(new ArticleRevised(
                command.articleId(),
                wording.revision() + 1,
                wording.title(),
                wording.summary(),
                Optional.of(command.body()),
                command.fetchedAt()));
    }

    static List<NewsEvent> decide(ArticleState state, MeasureArticleReaction command) {
        ArticleRules.check(command);
        ArticleDiscovered known = discovered(state, command.articleId());
        if (!state.symbols().containsKey(command.symbol())) {
            throw RefusedException.of(
                    "NOT_ABOUT",
                    "symbol of " + command.articleId(),
                    command.symbol(),
                    "of " + state.symbols().keySet());
        }
        Instant over = known.published().at().plus(command.spec().window());
        if (command.measuredAt().isBefore(over)) {
            throw RefusedException.of(
                    "WINDOW_OPEN", "measuredAt of " + command.articleId(), command.measuredAt(), over + " or later");
        }
        if (state.measured().contains(command.symbol())) {
            return List.of();
        }
        double base = command.baseClose().doubleValue();
        double percent = PriceChange.percent(base, command.meanClose());
        return List.of(new ArticleReactionMeasured(
                command.articleId(),
                command.symbol(),
                command.spec(),
                command.baseClose(),
                command.meanClose(),
                command.bars(),
                percent,
                command.spec().signal(percent),
                command.measuredAt()));
    }

    static List<ArticleScored> decide(ArticleState state, RecordArticleScores command) {
        ArticleDiscovered known = discovered(state, command.articleId());
        ArticleRules.check(command, state.symbols().keySet(), state.readings());
        List<VersionScore> fresh = command.scores().stream()
                .filter(score -> !state.scored().contains(new ScoreKey(score.version(), command.reading())))
                .toList();
        if (fresh.isEmpty()) {
            return List.of();
        }
        Instant firstSeen =
                state.symbols().get(fresh.getFirst().version().model().symbol());
        if (firstSeen == null) {
            throw new IllegalStateException("a score of a symbol that the rules should have refused");
        }
        return List.of(new ArticleScored(
                command.articleId(),
                command.reading(),
                fresh,
                originOf(command, state.readings().get(command.reading())),
                firstSeen,
                known.duplicateOf().isPresent(),
                command.recordedAt()));
    }

    private static PredictionOrigin originOf(RecordArticleScores command, Instant knownAt) {
        return command.recordedAt().isAfter(knownAt.plus(ArticleScored.LIVE_WITHIN))
                ? PredictionOrigin.LATE
                : PredictionOrigin.LIVE;
    }

    private static ArticleDiscovered discovered(ArticleState state, ArticleId id) {
        return state.discovered()
                .orElseThrow(() -> RefusedException.of(
                        "NO_SUCH_ARTICLE", "article " + id, "never discovered", "a discovered one"));
    }
}
