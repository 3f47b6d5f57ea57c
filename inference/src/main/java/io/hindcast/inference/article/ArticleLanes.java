package io.hindcast.inference.article;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LaneLoader;
import io.hindcast.inference.model.SymbolLanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lanes that score articles, by symbol. Owned by one thread, so lanes join and leave between two articles. The cut
 * of such a lane states where in its market's candles it joined; the articles that it has to score do not depend on it.
 */
final class ArticleLanes implements AutoCloseable {

    private static final List<ModelFamily> FAMILIES = List.of(ModelFamily.TRL);

    private final LaneContext context;
    private final LaneLoader loader;
    private final ArticleBacklog backlog;
    private final ArticleTasks tasks;
    private final Map<Symbol, SymbolLanes> bySymbol = new TreeMap<>();

    ArticleLanes(LaneContext context, LaneLoader loader, ArticleBacklog backlog, ArticleTasks tasks) {
        this.context = context;
        this.loader = loader;
        this.backlog = backlog;
        this.tasks = tasks;
    }

    /** Brings a symbol's lanes in line with the log. */
    void syncWithLog(Symbol symbol) {
        SymbolLanes lanes = lanes(symbol);
        lanes.syncWithLog(true);
        for (Lane lane : lanes.all()) {
            if (!lane.firstAttempt().isDone()) {
                var _ = lane.firstAttempt().thenRun(() -> tasks.lanesChanged(symbol));
            }
        }
        changed(symbol, lanes);
    }

    private SymbolLanes lanes(Symbol symbol) {
        SymbolLanes known = bySymbol.get(symbol);
        if (known == null) {
            known = context.lanes(symbol, FAMILIES, loader);
            bySymbol.put(symbol, known);
        }
        return known;
    }

    /** Lets ready lanes of a symbol join and leaving lanes leave. */
    void joinAndLeave(Symbol symbol, LogPosition cut) {
        SymbolLanes lanes = bySymbol.get(symbol);
        if (lanes == null) {
            syncWithLog(symbol);
        } else {
            lanes.joinAndLeave(cut);
            changed(symbol, lanes);
        }
    }

    private void changed(Symbol symbol, SymbolLanes lanes) {
        backlog.sync(symbol, lanes.all());
        tasks.awaitCandles(
                symbol,
                lanes.all().stream().anyMatch(lane -> !lane.predicts() || lane.leaving() || lane.model() == null));
    }

    /** Returns the lanes of all symbols that an article is about. */
    List<Lane> of(ArticleHistory article) {
        List<Lane> found = new ArrayList<>();
        for (Symbol symbol : article.symbols().keySet()) {
            if (!bySymbol.containsKey(symbol)) {
                syncWithLog(symbol);
            }
            found.addAll(lanes(symbol).all());
        }
        return found;
    }

    Optional<Lane> of(VersionId version) {
        SymbolLanes lanes = bySymbol.get(version.model().symbol());
        return lanes == null
                ? Optional.empty()
                : lanes.all().stream().filter(lane -> lane.id().equals(version)).findFirst();
    }

    /** Removes the model of a lane that cannot score and loads it again. */
    void reload(Lane lane, String reason) {
        Symbol symbol = lane.id().model().symbol();
        lanes(symbol).reload(lane, reason);
        tasks.lanesChanged(symbol);
    }

    @Override
    public void close() {
        bySymbol.values().forEach(SymbolLanes::close);
        bySymbol.clear();
        backlog.clear();
    }
}
