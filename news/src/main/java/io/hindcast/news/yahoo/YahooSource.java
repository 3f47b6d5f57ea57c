package io.hindcast.news.yahoo;

import com.microsoft.playwright.PlaywrightException;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.news.FoundArticle;
import io.hindcast.news.NewsIntake;
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

/**
 * News of Yahoo Finance: each symbol's listing, scrolled to its end, then each article that is new. An article found
 * under a symbol's page is about that symbol. Where an article itself cannot be read, what the listing says of it is
 * recorded.
 */
public final class YahooSource implements NewsSource {

    private final List<Symbol> symbols;
    private final YahooSettings settings;
    private final String userAgent;
    private final PoliteFetcher fetcher;
    private final Map<String, String> environment;
    private final WallTimer waits;

    /** @param environment where the browser is looked for */
    public YahooSource(
            List<Symbol> symbols,
            YahooSettings settings,
            String userAgent,
            PoliteFetcher fetcher,
            Map<String, String> environment,
            WallTimer waits) {
        this.symbols = List.copyOf(symbols);
        this.settings = settings;
        this.userAgent = userAgent;
        this.fetcher = fetcher;
        this.environment = Map.copyOf(environment);
        this.waits = waits;
    }

    @Override
    public String channel() {
        return "yahoo";
    }

    @Override
    public void collect(NewsIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        BrowserProgram program;
        try {
            program = BrowserProgram.find(environment);
        } catch (BrowserProgram.MissingException e) {
            reporter.needs(String.valueOf(e.getMessage()), e.remedy());
            return;
        }
        List<Exception> failures = new ArrayList<>();
        try (YahooBrowser browser = new YahooBrowser(program, userAgent, settings, fetcher, waits)) {
            for (Symbol symbol : symbols) {
                try {
                    collect(symbol, browser, intake, reporter);
                } catch (UnrecognisedPageException e) {
                    failures.add(e);
                } catch (FetchException e) {
                    failures.add(e);
                    if (e.reason() == Reason.DENIED) {
                        break; // whoever does not want to be read is not asked for the next one
                    }
                }
            }
        } catch (PlaywrightException e) {
            failures.add(new FetchException(
                    Reason.UNREACHABLE,
                    settings.base(),
                    "the browser " + program.chromium() + " does not work: " + BrowserRun.firstLine(e),
                    e));
        }
        tell(failures, reporter);
    }

    /** The last one is that of the whole. */
    private static void tell(List<Exception> failures, Reporter reporter)
            throws FetchException, UnrecognisedPageException {
        for (int i = 0; i < failures.size(); i++) {
            boolean last = i == failures.size() - 1;
            switch (failures.get(i)) {
                case FetchException e when last -> throw e;
                case FetchException e -> reporter.failed(e);
                case UnrecognisedPageException e when last -> throw e;
                case UnrecognisedPageException e -> reporter.unrecognised(e);
                default -> throw new IllegalStateException(failures.get(i));
            }
        }
    }

    private void collect(Symbol symbol, YahooBrowser browser, NewsIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        URI listing = settings.listing(symbol);
        YahooBrowser.Read page = browser.listing(listing);
        List<Story> stories = Listing.read(page.document(), listing, intake.now());
        page.limit().ifPresent(limit -> reporter.limited(listing + " was left at " + limit));
        int read = 0;
        // Oldest first, so that of two articles that tell the same the earlier one comes first.
        for (Story story : stories.reversed()) {
            String memory = channel() + ' ' + symbol;
            if (story.kind() == Story.Kind.VIDEO || !intake.isNew(memory, story.link(), story.title())) {
                continue;
            }
            boolean done = true;
            if (story.kind() == Story.Kind.ARTICLE
                    && settings.wants(story.link().host())) {
                if (read++ >= settings.mostArticles()) {
                    reporter.limited(listing + " was left after " + settings.mostArticles()
                            + " articles; the others are read next time");
                    return;
                }
                done = read(story, symbol, browser, intake, reporter);
            } else {
                intake.take(channel(), found(story, symbol));
            }
            if (done) {
                intake.done(memory, story.link(), story.title());
            }
        }
    }

    /** False if the article may be had later. */
    private boolean read(Story story, Symbol symbol, YahooBrowser browser, NewsIntake intake, Reporter reporter)
            throws InterruptedException, FetchException {
        try {
            YahooBrowser.Read page = browser.article(story.link().uri());
            YahooArticle article =
                    YahooArticle.read(page.document(), story.link().uri());
            intake.take(
                    channel(),
                    new FoundArticle(
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
                throw e; // whoever does not want to be read is not asked for the next one
            }
            reporter.failed(e);
            intake.take(channel(), found(story, symbol));
            return !e.mayPass();
        } catch (UnrecognisedPageException e) {
            reporter.unrecognised(e);
            intake.take(channel(), found(story, symbol));
            return true;
        }
    }

    private static ArticleUrl address(YahooBrowser.Read page, Story story) {
        try {
            return new ArticleUrl(page.address().toString());
        } catch (RefusedException e) {
            return story.link();
        }
    }

    private static FoundArticle found(Story story, Symbol symbol) {
        return new FoundArticle(
                story.link(),
                source(story),
                List.of(symbol),
                story.title(),
                story.summary(),
                story.published(),
                Optional.empty());
    }

    private static String source(Story story) {
        return story.source().isEmpty() ? "Yahoo Finance" : story.source();
    }
}
