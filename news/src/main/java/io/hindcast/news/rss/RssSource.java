package io.hindcast.news.rss;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.news.FoundArticle;
import io.hindcast.news.NewsIntake;
import io.hindcast.news.NewsSource;
import io.hindcast.news.SymbolKeywords;
import io.hindcast.news.page.ArticlePage;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.StatedTime;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.Page;
import io.hindcast.news.web.PoliteFetcher;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One RSS or Atom feed. Items that are about none of the symbols are left alone. An item's page is read for its text
 * and its one address; if that cannot be had, the item alone is an article.
 */
public final class RssSource implements NewsSource {

    /** Feeds that are read unless others are configured, by name. */
    public static final Map<String, URI> DEFAULTS = Map.of(
            "coindesk", URI.create("https://www.coindesk.com/arc/outboundfeeds/rss/"),
            "cointelegraph", URI.create("https://cointelegraph.com/rss"),
            "decrypt", URI.create("https://decrypt.co/feed"));

    private final String name;
    private final URI feed;
    private final SymbolKeywords keywords;
    private final PoliteFetcher fetcher;

    public RssSource(String name, URI feed, SymbolKeywords keywords, PoliteFetcher fetcher) {
        this.name = name;
        this.feed = feed;
        this.keywords = keywords;
        this.fetcher = fetcher;
    }

    @Override
    public String channel() {
        return "rss:" + name;
    }

    @Override
    public void collect(NewsIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        Page page = fetcher.fetchIfChanged(feed, PoliteFetcher.FEEDS);
        if (page.unchanged()) {
            return;
        }
        Feed read = FeedReader.read(page);
        read.problem().ifPresent(reporter::incomplete);
        read.dates().ifPresent(reporter::dated);
        if (read.beyond() > 0) {
            reporter.limited(feed + " has " + (Feed.MOST_ITEMS + read.beyond()) + " items, of which only the first "
                    + Feed.MOST_ITEMS + " are read");
        }
        boolean complete = read.problem().isEmpty();
        // Oldest first, so that of two articles that tell the same the earlier one comes first.
        for (FeedItem item : read.items().reversed()) {
            List<Symbol> symbols = keywords.about(item.title() + "\n" + item.summary() + "\n" + item.tags());
            String said = item.title() + '\n' + item.summary();
            if (!symbols.isEmpty() && intake.isNew(channel(), item.link(), said)) {
                boolean done = take(item, symbols, read.title(), intake, reporter);
                complete &= done;
                if (done) {
                    intake.done(channel(), item.link(), said);
                }
            }
        }
        if (complete) {
            fetcher.taken(feed, page);
        }
    }

    /** False if the article's page may be had later. */
    private boolean take(FeedItem item, List<Symbol> symbols, String feedTitle, NewsIntake intake, Reporter reporter)
            throws InterruptedException {
        try {
            Page page = fetcher.fetch(item.link().uri(), PoliteFetcher.HTML);
            take(item, symbols, feedTitle, Optional.of(ArticlePage.read(page.html(), page.address())), intake);
            return true;
        } catch (FetchException e) {
            reporter.failed(e);
            take(item, symbols, feedTitle, Optional.empty(), intake);
            return !e.mayPass();
        } catch (UnrecognisedPageException e) {
            reporter.unrecognised(e);
            take(item, symbols, feedTitle, Optional.empty(), intake);
            return true;
        }
    }

    private void take(
            FeedItem item, List<Symbol> symbols, String feedTitle, Optional<ArticlePage> read, NewsIntake intake)
            throws InterruptedException {
        ArticleUrl url = read.map(ArticlePage::address).orElse(item.link());
        intake.take(
                channel(),
                new FoundArticle(
                        url,
                        read.flatMap(ArticlePage::source).orElse(feedTitle.isEmpty() ? name : feedTitle),
                        symbols,
                        item.title(),
                        item.summary(),
                        StatedTime.mostPrecise(Stream.of(item.published(), read.flatMap(ArticlePage::published))
                                .flatMap(Optional::stream)),
                        read.map(ArticlePage::body).or(() -> Optional.of(item.body()))));
    }
}
