package io.hindcast.inference.article;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.inference.InferenceProcessor;
import io.hindcast.inference.article.ArticleTasks.ArticleChanged;
import io.hindcast.inference.article.ArticleTasks.CandlesHandled;
import io.hindcast.inference.article.ArticleTasks.LanesChanged;
import io.hindcast.inference.article.ArticleTasks.Task;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LaneLoader;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;

/**
 * Event handler that has articles scored on a thread of its own, because a large model takes longer for one article
 * than a candle may wait. Events are only wake-ups: the log determines what is left to score, also after any stop. So
 * articles that were queued when a process ended, or that found the queue full, are found again by the lanes.
 *
 * <p>Axon calls the handlers on the thread that owns the symbol's segment; they return at once.
 */
@ProcessingGroup(InferenceProcessor.NAME)
@DisallowReplay
public final class ArticleFollower {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final ArticleTasks tasks;
    private final LaneLoader loader;
    private final ArticleLanes lanes;
    private final ArticleScorer scorer;
    private final ArticleBacklog backlog;
    private final SupervisedLoop loop;

    /** Whether lanes may have articles to score for which there is no task; owned by the loop's thread. */
    private boolean behind = true;

    public ArticleFollower(LaneContext context, ArticleLog articles) {
        tasks = new ArticleTasks(context.settings().articles().queue(), context.outages());
        loader = context.loader("article lane loader", 1);
        backlog = new ArticleBacklog(context, articles);
        lanes = new ArticleLanes(context, loader, backlog, tasks);
        scorer = new ArticleScorer(context, articles, new TextScorer(context, lanes, backlog));
        loop = new SupervisedLoop(
                "article reader",
                "No action is needed: it is retried. Articles wait in the log, and candles are predicted meanwhile.",
                context.loops(),
                this::turn,
                this::end);
    }

    @EventHandler
    public void on(CandlesRecorded event, @SequenceNumber long sequence) {
        tasks.candlesHandled(event.symbol(), new LogPosition(event.marketDay().toString(), sequence));
    }

    @EventHandler
    public void on(ModelEvent event) {
        if (event.version().model().family() == ModelFamily.TRL) {
            tasks.lanesChanged(event.version().model().symbol());
        }
    }

    /** Historical articles are left to the lanes, which find them in the log. */
    @EventHandler
    public void on(ArticleDiscovered event) {
        if (event.origin() == ArticleOrigin.LIVE) {
            tasks.articleChanged(event.articleId());
        }
    }

    @EventHandler
    public void on(ArticleSymbolsAdded event) {
        tasks.articleChanged(event.articleId());
    }

    @EventHandler
    public void on(ArticleContentFetched event) {
        tasks.articleChanged(event.articleId());
    }

    @EventHandler
    public void on(ArticleRevised event) {
        tasks.articleChanged(event.articleId());
    }

    public void start() {
        tasks.allLanesChanged();
        loop.start();
    }

    public void stop() {
        loop.stop(STOP_PATIENCE);
    }

    public boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException, ExecutionException, TimeoutException {
        Task task = tasks.next(!behind);
        if (task == null) {
            if (tasks.takeOverflow()) {
                backlog.rescanAll();
            }
            behind = backlog.scoreSome(lanes, scorer);
            return;
        }
        boolean done = false;
        try {
            perform(task);
            done = true;
        } finally {
            if (!done) {
                tasks.retry(task);
            }
        }
        behind = true;
    }

    private void perform(Task task) throws InterruptedException, ExecutionException, TimeoutException {
        switch (task) {
            case LanesChanged(Symbol symbol) -> lanes.syncWithLog(symbol);
            case ArticleChanged(ArticleId article) -> scorer.score(article, lanes::of);
            case CandlesHandled(Symbol symbol, LogPosition cut) -> lanes.joinAndLeave(symbol, cut);
        }
    }

    private void end() {
        lanes.close();
        loader.close();
        behind = true;
        tasks.endOutage();
    }
}
