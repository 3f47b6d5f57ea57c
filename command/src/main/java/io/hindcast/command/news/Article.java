package io.hindcast.command.news;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.PriceChange;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.DiscoveryReceipt.Outcome;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionsReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One article, whatever way and however often it comes. It sees to it that
 *
 * <ul>
 *   <li>an article is discovered once; found again it adds only symbols that are new;
 *   <li>whether it repeats another article's news is decided when it is discovered, and stays;
 *   <li>a correction is its next revision. Channels word the same article differently, so only the one by which it was
 *       discovered can correct its title and summary, and only with what it saw later;
 *   <li>nothing counts as known before the article was first seen;
 *   <li>a symbol's reaction is measured once, after its window is over;
 *   <li>what a version said of a text stays said, and nobody reads a text before it was known.
 * </ul>
 */
public class Article {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private @Nullable ArticleDiscovered discovered;
    private String title = "";
    private String summary = "";
    private @Nullable TextDigest body;
    private int revision;
    private Instant lastKnownAt = Instant.MIN;
    private final TreeSet<Symbol> symbols = new TreeSet<>();
    private final TreeSet<Symbol> measured = new TreeSet<>();
    /** When each text became known, by reading. */
    private final List<Instant> readings = new ArrayList<>();

    private final TreeMap<VersionId, BitSet> said = new TreeMap<>();

    /** For Axon. */
    public Article() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    DiscoveryReceipt handle(DiscoverArticle command, Headlines headlines) {
        ArticleRules.check(command);
        if (discovered == null) {
            return discover(command, headlines);
        }
        Outcome outcome = Outcome.DROPPED;
        List<Symbol> added = command.symbols().stream()
                .filter(symbol -> !symbols.contains(symbol))
                .sorted()
                .toList();
        if (!added.isEmpty()) {
            apply(new ArticleSymbolsAdded(command.articleId(), command.channel(), added, knownAt(command, discovered)));
            outcome = Outcome.EXTENDED;
        }
        if (corrects(command, discovered)) {
            apply(new ArticleRevised(
                    command.articleId(),
                    revision + 1,
                    command.title(),
                    command.summary(),
                    Optional.empty(),
                    command.firstSeenAt()));
            outcome = Outcome.REVISED;
        }
        return new DiscoveryReceipt(
                command.articleId(), outcome, discovered.duplicateOf().map(NearDuplicate::original));
    }

    private static DiscoveryReceipt discover(DiscoverArticle command, Headlines headlines) {
        List<Symbol> about = command.symbols().stream().sorted().toList();
        ArticleId id = command.articleId();
        Optional<NearDuplicate> duplicateOf = headlines.file(id, command.title(), about, command.firstSeenAt());
        apply(new ArticleDiscovered(
                id,
                command.url(),
                command.channel(),
                command.source(),
                about,
                command.title(),
                command.summary(),
                command.published(),
                command.origin(),
                command.firstSeenAt(),
                duplicateOf));
        return new DiscoveryReceipt(id, Outcome.DISCOVERED, duplicateOf.map(NearDuplicate::original));
    }

    private static Instant knownAt(DiscoverArticle command, ArticleDiscovered discovered) {
        return command.firstSeenAt().isBefore(discovered.firstSeenAt())
                ? discovered.firstSeenAt()
                : command.firstSeenAt();
    }

    private boolean corrects(DiscoverArticle command, ArticleDiscovered known) {
        return command.channel().equals(known.channel())
                && command.origin() == ArticleOrigin.LIVE
                && command.firstSeenAt().isAfter(lastKnownAt)
                && !(command.title().equals(title) && command.summary().equals(summary));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordArticleContent command) {
        ArticleRules.check(command);
        ArticleDiscovered known = known(command.articleId());
        if (command.fetchedAt().isBefore(known.firstSeenAt())) {
            throw RefusedException.of(
                    "FETCHED_BEFORE_SEEN",
                    "fetchedAt of " + command.articleId(),
                    command.fetchedAt(),
                    "when it was first seen, " + known.firstSeenAt() + ", or later");
        }
        if (body == null) {
            apply(new ArticleContentFetched(command.articleId(), command.body(), command.fetchedAt()));
        } else if (!body.equals(TextDigest.of(command.body()))
                && command.fetchedAt().isAfter(lastKnownAt)) {
            apply(new ArticleRevised(
                    command.articleId(),
                    revision + 1,
                    title,
                    summary,
                    Optional.of(command.body()),
                    command.fetchedAt()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MeasureArticleReaction command) {
        ArticleRules.check(command);
        ArticleDiscovered known = known(command.articleId());
        if (!symbols.contains(command.symbol())) {
            throw RefusedException.of(
                    "NOT_ABOUT", "symbol of " + command.articleId(), command.symbol(), "of " + symbols);
        }
        Instant over = known.published().at().plus(command.spec().window());
        if (command.measuredAt().isBefore(over)) {
            throw RefusedException.of(
                    "WINDOW_OPEN", "measuredAt of " + command.articleId(), command.measuredAt(), over + " or later");
        }
        if (!measured.contains(command.symbol())) {
            double base = command.baseClose().doubleValue();
            double percent = PriceChange.percent(base, command.meanClose());
            apply(new ArticleReactionMeasured(
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
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PredictionsReceipt handle(RecordArticleScores command) {
        known(command.articleId());
        ArticleRules.check(command, symbols, readings);
        List<VersionScore> fresh = command.scores().stream()
                .filter(score ->
                        !said.getOrDefault(score.version(), new BitSet()).get(command.reading()))
                .toList();
        if (!fresh.isEmpty()) {
            apply(new ArticleScored(
                    command.articleId(), command.reading(), fresh, originOf(command), command.recordedAt()));
        }
        return new PredictionsReceipt(fresh.size(), command.scores().size() - fresh.size());
    }

    private PredictionOrigin originOf(RecordArticleScores command) {
        if (command.reconciled()) {
            return PredictionOrigin.RECONCILED;
        }
        Instant late = readings.get(command.reading()).plus(ArticleScored.LIVE_WITHIN);
        return command.recordedAt().isAfter(late) ? PredictionOrigin.LATE : PredictionOrigin.LIVE;
    }

    private ArticleDiscovered known(ArticleId id) {
        if (discovered == null) {
            throw RefusedException.of("NO_SUCH_ARTICLE", "article " + id, "never discovered", "a discovered one");
        }
        return discovered;
    }

    @EventSourcingHandler
    void on(ArticleDiscovered event) {
        aggregateId = event.articleId().toString();
        discovered = event;
        title = event.title();
        summary = event.summary();
        symbols.addAll(event.symbols());
        lastKnownAt = event.firstSeenAt();
        readings.add(event.knownAt());
    }

    @EventSourcingHandler
    void on(ArticleSymbolsAdded event) {
        symbols.addAll(event.symbols());
    }

    @EventSourcingHandler
    void on(ArticleRevised event) {
        revision = event.revision();
        title = event.title();
        summary = event.summary();
        event.body().ifPresent(text -> body = TextDigest.of(text));
        lastKnownAt = event.knownAt();
        readings.add(event.knownAt());
    }

    @EventSourcingHandler
    void on(ArticleContentFetched event) {
        body = TextDigest.of(event.body());
        readings.add(event.knownAt());
    }

    @EventSourcingHandler
    void on(ArticleScored event) {
        event.scores()
                .forEach(score -> said.computeIfAbsent(score.version(), version -> new BitSet())
                        .set(event.reading()));
    }

    @EventSourcingHandler
    void on(ArticleReactionMeasured event) {
        measured.add(event.symbol());
    }
}
