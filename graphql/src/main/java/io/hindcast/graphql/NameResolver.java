package io.hindcast.graphql;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.VersionId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resolves the symbols and versions that requests name, and refuses unknown ones with the names that exist: an empty
 * answer would look as if nothing had been recorded of them. Names are never removed, so a name that was found is not
 * looked up again. Thread-safe.
 */
public final class NameResolver {

    private static final int LISTED = 20;

    private final QueryDispatcher queries;
    private final Set<Symbol> symbols = ConcurrentHashMap.newKeySet();
    private final Set<VersionId> versions = ConcurrentHashMap.newKeySet();

    NameResolver(QueryDispatcher queries) {
        this.queries = queries;
    }

    /** Returns the symbol of a market that is followed here; fails with a refusal for another one. */
    public CompletableFuture<Symbol> symbol(String name) {
        return symbol(new Symbol(name));
    }

    private CompletableFuture<Symbol> symbol(Symbol symbol) {
        if (symbols.contains(symbol)) {
            return CompletableFuture.completedFuture(symbol);
        }
        return queries.one(new FindMarkets(), MarketViews.class).thenApply(found -> {
            List<Symbol> followed =
                    found.markets().stream().map(MarketView::symbol).toList();
            symbols.addAll(followed);
            if (!symbols.contains(symbol)) {
                throw RefusedException.of("UNKNOWN_SYMBOL", "symbol", symbol, expected(followed, "market is followed"));
            }
            return symbol;
        });
    }

    /** Returns a registered version; fails with a refusal for another one. */
    public CompletableFuture<VersionId> version(String name) {
        VersionId version = VersionId.parse(name);
        if (versions.contains(version)) {
            return CompletableFuture.completedFuture(version);
        }
        return symbol(version.model().symbol())
                .thenCompose(symbol -> queries.one(new FindModels(symbol), ModelViews.class))
                .thenApply(found -> {
                    List<VersionId> registered = found.models().stream()
                            .flatMap(model -> model.versions().stream())
                            .map(view -> view.version())
                            .toList();
                    versions.addAll(registered);
                    if (!versions.contains(version)) {
                        throw RefusedException.of(
                                "UNKNOWN_VERSION", "version", version, expected(registered, "version is registered"));
                    }
                    return version;
                });
    }

    private static String expected(List<?> known, String what) {
        if (known.isEmpty()) {
            return "an existing one; no " + what + " yet";
        }
        String names = String.join(
                ", ", known.stream().limit(LISTED).map(Object::toString).toList());
        return known.size() == 1
                ? names
                : "one of " + names + (known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "");
    }
}
