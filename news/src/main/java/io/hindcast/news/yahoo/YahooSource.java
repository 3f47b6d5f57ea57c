package io.hindcast.news.yahoo;

import com.microsoft.playwright.PlaywrightException;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.news.ArticleIntake;
import io.hindcast.news.CollectedArticle;
import io.hindcast.news.NewsSource;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.news.web.PoliteFetcher;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * News of Yahoo Finance: reads each symbol's listing to its end, then each new article. An article listed under a
 * symbol is about that symbol. If an article's page cannot be read, the title and summary of the listing are recorded.
 */
public final class YahooSource implements NewsSource {

    private final List<Symbol> symbols;
    private final YahooSettings settings;
    private final PoliteFetcher fetcher;
    private final Map<String, String> environment;
    private final WallTimer waits;
    private final Function<BrowserExecutables, BrowserSessions> browsers;

    /** @param environment environment variables in which the browser is looked up */
    public YahooSource(
            List<Symbol> symbols,
            YahooSettings settings,
            String userAgent,
            PoliteFetcher fetcher,
            Map<String, String> environment,
            WallTimer waits) {
        this(
                symbols,
                settings,
                fetcher,
                environment,
                waits,
                executables -> new BrowserSessions(
                        executables, userAgent, settings.page().timeout(), waits));
    }

    /** @param browsers called once a collection, which closes the result at its end */
    YahooSource(
            List<Symbol> symbols,
            YahooSettings settings,
            PoliteFetcher fetcher,
            Map<String, String> environment,
            WallTimer waits,
            Function<BrowserExecutables, BrowserSessions> browsers) {
        this.symbols = List.copyOf(symbols);
        this.settings = settings;
        this.fetcher = fetcher;
        this.environment = Map.copyOf(environment);
        this.waits = waits;
        this.browsers = browsers;
    }

    @Override
    public String channel() {
        return "yahoo";
    }

    @Override
    public void collect(ArticleIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        BrowserExecutables executables;
        try {
            executables = BrowserExecutables.find(environment);
        } catch (BrowserExecutables.MissingException e) {
            reporter.unavailable(String.valueOf(e.getMessage()), e.remedy());
            return;
        }
        List<Exception> failures = new ArrayList<>();
        try (BrowserSessions sessions = browsers.apply(executables)) {
            YahooPageLoader loader = new YahooPageLoader(sessions, settings, fetcher.policy(), waits);
            for (Symbol symbol : symbols) {
                try {
                    collect(symbol, loader, intake, reporter);
                } catch (UnrecognisedPageException e) {
                    failures.add(e);
                } catch (FetchException e) {
                    failures.add(e);
                    if (e.reason() == Reason.DENIED) {
                        break; // a site that denies access is not asked for the next symbol
                    }
                }
            }
        } catch (PlaywrightException e) {
            failures.add(new FetchException(
                    Reason.UNREACHABLE,
                    settings.base(),
                    "the browser " + executables.chromium() + " does not work: " + BrowserSession.firstLine(e),
                    e));
        }
        report(failures, reporter);
    }

    /** Throws the last failure, as that of the whole source, and reports the others. */
    private static void report(List<Exception> failures, Reporter reporter)
            throws FetchException, UnrecognisedPageException {
        for (int i = 0; i < failures.size(); i++) {
            boolean last = i == failures.size() - 1;
            switch (failures.get(i)) {
                case FetchException e when last -> throw e;
                case FetchException e -> reporter.pageFailed(e);
                case UnrecognisedPageException e when last -> throw e;
                case UnrecognisedPageException e -> reporter.pageUnrecognised(e);
                default -> throw new IllegalStateException(failures.get(i));
            }
        }
    }

    private void collect(Symbol symbol, YahooPageLoader loader, ArticleIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        URI listing = settings.listing(symbol);
        YahooPageLoader.LoadedPage page = loader.listing(listing);
        page.limit().ifPresent(limit -> reporter.limitReached(listing + " was left at " + limit));
        List<YahooStory> stories = YahooListing.parse(page.document(), listing, intake.now());
        int maxArticles = settings.listing().maxArticles();
        int articles = 0;
        // Oldest first, so that of two articles with the same news the earlier one is recorded first.
        for (YahooStory story : stories.reversed()) {
            String memory = channel() + ' ' + symbol;
            if (story.kind() == YahooStory.Kind.VIDEO || !intake.isNew(memory, story.link(), story.title())) {
                continue;
            }
            boolean done = true;
            if (story.kind() == YahooStory.Kind.ARTICLE
                    && settings.allowsHost(story.link().host())) {
                if (articles++ >= maxArticles) {
                    reporter.limitReached(
                            listing + " was left after " + maxArticles + " articles; the others are read next time");
                    return;
                }
                done = collectArticle(story, symbol, loader, intake, reporter);
            } else {
                intake.accept(channel(), listed(story, symbol));
            }
            if (done) {
                intake.markProcessed(memory, story.link(), story.title());
            }
        }
    }

    /** Returns false if the article's page may be readable later. */
    private boolean collectArticle(
            YahooStory story, Symbol symbol, YahooPageLoader loader, ArticleIntake intake, Reporter reporter)
            throws InterruptedException, FetchException {
        try {
            YahooPageLoader.LoadedPage page = loader.article(story.link().uri());
            YahooArticle article =
                    YahooArticle.parse(page.document(), story.link().uri());
            intake.accept(
                    channel(),
                    new CollectedArticle(
                            address(page, story),
                            article.source().orElse(source(story)),
                            List.of(symbol),
                            story.title(),
                            story.summary(),
                            article.published().or(story::published),
                            Optional.of(article.body())));
            return true;
        } catch (FetchException e) {
            if (e.reason() == Reason.DENIED) {
                throw e; // a site that denies access is not asked for the next article
            }
            reporter.pageFailed(e);
            intake.accept(channel(), listed(story, symbol));
            return !e.isTransient();
        } catch (UnrecognisedPageException e) {
            reporter.pageUnrecognised(e);
            intake.accept(channel(), listed(story, symbol));
            return true;
        }
    }

    private static ArticleUrl address(YahooPageLoader.LoadedPage page, YahooStory story) {
        try {
            return new ArticleUrl(page.address().toString());
        } catch (RefusedException e) {
            return story.link();
        }
    }

    private static CollectedArticle listed(YahooStory story, Symbol symbol) {
        return new CollectedArticle(
                story.link(),
                source(story),
                List.of(symbol),
                story.title(),
                story.summary(),
                story.published(),
                Optional.empty());
    }

    private static String source(YahooStory story) {
        return story.source().isEmpty() ? "Yahoo Finance" : story.source();
    }
}
