package io.hindcast.news.rss;

import io.hindcast.api.market.Symbol;
import io.hindcast.news.ArticleIntake;
import io.hindcast.news.CollectedArticle;
import io.hindcast.news.NewsSource;
import io.hindcast.news.SymbolKeywords;
import io.hindcast.news.page.ArticlePage;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.PublicationTimeParser;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.FetchedPage;
import io.hindcast.news.web.MediaTypes;
import io.hindcast.news.web.PoliteFetcher;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * News of one RSS, Atom or JSON feed. Skips items that are about none of the symbols. Fetches each new item's page for
 * its text and canonical address; if that fails, the item alone is recorded as the article.
 */
public final class RssSource implements NewsSource {

    /** Default feeds by name. */
    public static final Map<String, URI> DEFAULTS = Map.of(
            "coindesk", URI.create("https://www.coindesk.com/arc/outboundfeeds/rss/"),
            "cointelegraph", URI.create("https://cointelegraph.com/rss"),
            "decrypt", URI.create("https://decrypt.co/feed"));

    private final String name;
    private final URI address;
    private final SymbolKeywords keywords;
    private final PoliteFetcher fetcher;

    public RssSource(String name, URI address, SymbolKeywords keywords, PoliteFetcher fetcher) {
        this.name = name;
        this.address = address;
        this.keywords = keywords;
        this.fetcher = fetcher;
    }

    @Override
    public String channel() {
        return "rss:" + name;
    }

    @Override
    public void collect(ArticleIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        FetchedPage page = fetcher.fetchIfChanged(address, MediaTypes.FEEDS);
        if (page.unchanged()) {
            return;
        }
        ParsedFeed feed = FeedParser.parse(page);
        feed.problem().ifPresent(reporter::incomplete);
        feed.impreciseDates().ifPresent(reporter::impreciseDates);
        if (feed.skipped() > 0) {
            reporter.limitReached(address + " has " + (ParsedFeed.MAX_ITEMS + feed.skipped())
                    + " items, of which only the first " + ParsedFeed.MAX_ITEMS + " are read");
        }
        boolean complete = feed.problem().isEmpty();
        // Oldest first, so that of two articles with the same news the earlier one is recorded first.
        for (FeedItem item : feed.items().reversed()) {
            List<Symbol> symbols = keywords.symbolsIn(item.title() + "\n" + item.summary() + "\n" + item.tags());
            String description = item.title() + '\n' + item.summary();
            if (!symbols.isEmpty() && intake.isNew(channel(), item.link(), description)) {
                boolean done = collectItem(item, symbols, feed.title(), intake, reporter);
                complete &= done;
                if (done) {
                    intake.markProcessed(channel(), item.link(), description);
                }
            }
        }
        if (complete) {
            fetcher.markProcessed(address, page);
        }
    }

    /** Returns false if the article's page may be readable later. */
    private boolean collectItem(
            FeedItem item, List<Symbol> symbols, String feedTitle, ArticleIntake intake, Reporter reporter)
            throws InterruptedException {
        try {
            FetchedPage page = fetcher.fetch(item.link().uri(), MediaTypes.HTML);
            ArticlePage article = ArticlePage.parse(page.html(), page.address());
            intake.accept(channel(), article(item, symbols, feedTitle, Optional.of(article)));
            return true;
        } catch (FetchException e) {
            reporter.pageFailed(e);
            intake.accept(channel(), article(item, symbols, feedTitle, Optional.empty()));
            return !e.isTransient();
        } catch (UnrecognisedPageException e) {
            reporter.pageUnrecognised(e);
            intake.accept(channel(), article(item, symbols, feedTitle, Optional.empty()));
            return true;
        }
    }

    private CollectedArticle article(
            FeedItem item, List<Symbol> symbols, String feedTitle, Optional<ArticlePage> page) {
        return new CollectedArticle(
                page.map(ArticlePage::address).orElse(item.link()),
                page.flatMap(ArticlePage::source).orElse(feedTitle.isEmpty() ? name : feedTitle),
                symbols,
                item.title(),
                item.summary(),
                PublicationTimeParser.mostPrecise(Stream.of(item.published(), page.flatMap(ArticlePage::published))
                        .flatMap(Optional::stream)),
                page.map(ArticlePage::body).or(() -> Optional.of(item.body())));
    }
}
