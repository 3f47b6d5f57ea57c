package io.hindcast.command.news;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.DiscoveryReceipt.Outcome;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.news.RecordArticleContent;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.prediction.PredictionsReceipt;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One article, however often and by whatever channel it is found. Its invariants, decided in {@link ArticleDecisions}:
 *
 * <ul>
 *   <li>An article is discovered once; found again it only adds new symbols.
 *   <li>Whether it repeats another article's news is decided on discovery and never changes.
 *   <li>A correction is the next revision. Channels word the same article differently, so only the one that discovered
 *       it can correct its title and summary, and only with a later version.
 *   <li>Nothing counts as known before the article was first seen.
 *   <li>A symbol's reaction is measured once, after its window is over.
 *   <li>A version scores a text once, and not before the text became known.
 * </ul>
 */
public class Article {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private ArticleState state = ArticleState.NONE;

    /** For Axon. */
    public Article() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    DiscoveryReceipt handle(DiscoverArticle command, Headlines headlines) {
        Optional<NearDuplicate> repeated = Optional.empty();
        if (state.discovered().isEmpty()) {
            // Before the headline is filed, which is an event of its own.
            ArticleRules.check(command);
            repeated = headlines.file(
                    command.articleId(),
                    command.title(),
                    command.symbols().stream().sorted().toList(),
                    command.firstSeenAt());
        }
        List<NewsEvent> events = ArticleDecisions.decide(state, command, repeated);
        events.forEach(event -> apply(event));
        return new DiscoveryReceipt(
                command.articleId(),
                outcomeOf(events),
                state.discovered().flatMap(ArticleDiscovered::duplicateOf).map(NearDuplicate::original));
    }

    private static Outcome outcomeOf(List<NewsEvent> events) {
        return events.isEmpty()
                ? Outcome.DROPPED
                : switch (events.getLast()) {
                    case ArticleDiscovered _ -> Outcome.DISCOVERED;
                    case ArticleRevised _ -> Outcome.REVISED;
                    default -> Outcome.EXTENDED;
                };
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordArticleContent command) {
        ArticleDecisions.decide(state, command).forEach(event -> apply(event));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MeasureArticleReaction command) {
        ArticleDecisions.decide(state, command).forEach(event -> apply(event));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PredictionsReceipt handle(RecordArticleScores command) {
        List<ArticleScored> events = ArticleDecisions.decide(state, command);
        events.forEach(event -> apply(event));
        int recorded = events.stream().mapToInt(event -> event.scores().size()).sum();
        return new PredictionsReceipt(recorded, command.scores().size() - recorded);
    }

    @EventSourcingHandler
    void on(NewsEvent event) {
        aggregateId = event.articleId().toString();
        state = state.after(event);
    }
}
