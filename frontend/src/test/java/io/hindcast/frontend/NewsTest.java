package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.hindcast.frontend.mock.MockNews;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The news page, and news on the chart. */
class NewsTest extends DashboardTest {

    private Locator articles() {
        return page.getByTestId("article");
    }

    private Locator article(String id) {
        return page.locator("[data-article='" + id + "']");
    }

    private void openNews() {
        open("/news?symbol=BTCUSDT");
        articles().first().waitFor();
        page.waitForCondition(() -> server.subscribersTo("ArticleChanged") == 1);
    }

    private void push(ObjectNode change) {
        server.push("ArticleChanged", "articleChanged", change);
    }

    private void discover(ObjectNode article) {
        ObjectNode change = MockNews.change(article.path("id").asText(), "DISCOVERED");
        change.set("article", article);
        push(change);
    }

    @Test
    void listsArticlesNewestFirstWithSourceTimesAndCorrections() {
        openNews();

        assertThat(page.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LINK, linkNamed("News")))
                .hasAttribute("aria-current", "page");
        assertThat(articles().first())
                .containsText(api.news.get(0).path("source").asText());
        assertThat(articles().first().locator("h3 a"))
                .hasAttribute("href", api.news.get(0).path("url").asText());
        assertThat(articles().first().locator("h3 a")).hasAttribute("rel", "noopener noreferrer");
        assertThat(article(MockNews.id(2))).containsText("estimated");
        assertThat(article(MockNews.id(3))).containsText("corrected");
        assertThat(article(MockNews.id(4))).containsText("seen 1 h 35 min later");
        assertThat(article(MockNews.id(1))).not().containsText("later");
        shoot("news");
    }

    @Test
    void showsReactionsBesideScoresWithAVerdict() {
        openNews();

        ObjectNode measured = api.news.get(30);
        article(MockNews.id(30)).scrollIntoViewIfNeeded();
        String reaction = measured.path("reactions").path(0).path("signal").asText();
        for (String[] slot : new String[][] {{"BASELINE", "0"}, {"PREVIOUS", "1"}, {"CURRENT", "2"}}) {
            String signal = measured.path("scores")
                    .path(Integer.parseInt(slot[1]))
                    .path("signal")
                    .asText();
            Locator score = article(MockNews.id(30)).getByTestId("score-" + slot[0]);
            assertThat(score).containsText(signal);
            assertThat(score).containsText(signal.equals(reaction) ? "right" : "wrong");
        }
        assertThat(article(MockNews.id(30)).getByTestId("reaction")).containsText(reaction);
        assertThat(article(MockNews.id(30)).getByTestId("reaction")).containsText("%");
        shoot("news-reactions");
        assertThat(articles().first().getByTestId("reaction")).containsText("known at");
        assertThat(articles().first().getByTestId("score-CURRENT")).not().containsText("wrong");
    }

    @Test
    void showsANewArticleAndItsChangesWithoutAReload() {
        openNews();
        page.evaluate("window.stillHere = true");

        ObjectNode article = api.news.discover("Something happened just now");
        String id = article.path("id").asText();
        discover(article);
        assertThat(articles().first()).containsText("Something happened just now");
        assertThat(articles().first()).containsText("no live version has read it");

        push(api.news.scored(id, 3, 2, 0.71));
        assertThat(articles().first().getByTestId("score-CURRENT")).containsText("BUY");
        assertThat(articles().first().getByTestId("score-CURRENT")).containsText("71 %");

        push(api.news.measured(id, -1.25));
        assertThat(articles().first().getByTestId("reaction")).containsText("−1.25 %");
        assertThat(articles().first().getByTestId("score-CURRENT")).containsText("wrong");

        shoot("news-new");

        ObjectNode corrected = MockNews.change(id, "REVISED");
        corrected.put("title", "Something else happened");
        article.put("title", "Something else happened").put("revision", 1);
        push(corrected);
        assertThat(articles().first()).containsText("Something else happened");
        assertThat(articles().first()).containsText("corrected");
        assertThat(page.evaluate("window.stillHere")).isEqualTo(true);
    }

    @Test
    void searchesAndHighlightsMatches() {
        openNews();

        page.getByRole(AriaRole.SEARCHBOX).fill("hash rate");
        page.getByTestId("snippet").first().waitFor();
        assertThat(page.getByTestId("snippet").first().locator("mark")).hasText("hash rate");
        assertThat(api.requests("ArticlePage")
                        .getLast()
                        .variables()
                        .path("text")
                        .asText())
                .isEqualTo("hash rate");
        assertThat(page.url()).contains("text=hash+rate");

        discover(api.news.discover("The hash rate doubled"));
        assertThat(page.getByText("An article arrived since this search")).isVisible();
        shoot("news-search");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search again"))
                .click();
        assertThat(page.getByText("An article arrived since this search")).isHidden();

        page.getByRole(AriaRole.SEARCHBOX).fill("nobody wrote this");
        assertThat(page.getByText("No articles found")).isVisible();
    }

    @Test
    void filtersAreSentToTheServer() {
        openNews();

        page.getByLabel("Source").fill("Decrypt");
        page.waitForCondition(() -> api.requests("ArticlePage")
                .getLast()
                .variables()
                .path("source")
                .asText()
                .equals("Decrypt"));
        assertThat(articles().first()).containsText("Decrypt");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Last day"))
                .click();
        page.waitForCondition(() ->
                api.requests("ArticlePage").getLast().variables().path("from").isTextual());
        page.waitForCondition(() -> articles().count() < 10);

        page.getByLabel("Symbol").selectOption("All symbols");
        page.waitForCondition(() ->
                api.requests("ArticlePage").getLast().variables().path("symbol").isNull());
    }

    @Test
    void showsRepetitionsOnDemandWithALinkToTheOriginal() {
        openNews();
        assertThat(article(MockNews.id(5))).hasCount(0);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Repetitions"))
                .click();
        assertThat(article(MockNews.id(5))).containsText("repeats");
        article(MockNews.id(5)).getByText(Pattern.compile("^repeats")).click();
        assertThat(page.getByTestId("reader"))
                .containsText(api.news.get(6).path("title").asText());
    }

    @Test
    void loadsOlderArticlesAtTheEndOfTheList() {
        openNews();
        assertThat(page.getByTestId("count")).hasText("50+");

        articles().last().scrollIntoViewIfNeeded();
        page.waitForCondition(() -> articles().count() > 50);
        assertThat(api.requests("ArticlePage")
                        .getLast()
                        .variables()
                        .path("after")
                        .asText())
                .isEqualTo("50");
    }

    @Test
    void opensAndClosesAnArticleByKeyboard() {
        openNews();

        Locator read = articles().nth(1).getByRole(AriaRole.BUTTON, buttonNamed("^Read"));
        read.focus();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("reader")).containsText("Second paragraph, with figures.");
        assertThat(page.url()).contains("article=");
        shoot("news-reader");

        page.keyboard().press("Escape");
        assertThat(page.getByTestId("reader")).hasCount(0);
        assertThat(articles().nth(1).getByRole(AriaRole.BUTTON, buttonNamed("^Read")))
                .isFocused();
    }

    @Test
    void showsARefusalAndRetries() {
        api.fail("ArticlePage", "text was too long");
        open("/news");
        assertThat(page.getByRole(AriaRole.MAIN).getByRole(AriaRole.ALERT)).containsText("text was too long");

        api.mend("ArticlePage");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
                .click();
        articles().first().waitFor();
        assertThat(page.getByRole(AriaRole.MAIN).getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void listsMissedArticlesAfterAReconnect() {
        openNews();

        server.goAway();
        page.locator("[data-connection='waiting']").waitFor();
        api.news.discover("Published during the outage");
        server.comeBack();
        assertThat(articles().first()).containsText("Published during the outage");
    }

    @Test
    void rejectsAPeriodThatEndsBeforeItBegins() {
        openNews();

        int before = api.requests("ArticlePage").size();
        page.getByLabel("To, UTC").fill("2022-04-01T00:00");
        page.waitForCondition(() -> api.requests("ArticlePage").size() == before + 1);
        page.getByLabel("From, UTC").fill("2022-04-02T00:00");
        assertThat(page.getByRole(AriaRole.MAIN).getByRole(AriaRole.ALERT)).containsText("must begin before it ends");
        assertThat(api.requests("ArticlePage")).hasSize(before + 1);
    }

    @Test
    void marksArticlesOnTheChartUnlessSwitchedOff() {
        open("/market/BTCUSDT?period=1d");
        bars();
        page.waitForCondition(() -> number("data-articles") > 20);
        int marked = number("data-articles");

        page.waitForCondition(() -> server.subscribersTo("ArticleChanged") == 1);
        discover(api.news.discover("Marked as it comes"));
        page.waitForCondition(() -> number("data-articles") == marked + 1);

        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("News").setExact(true))
                .click();
        page.waitForCondition(() -> number("data-articles") == 0);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("News").setExact(true))
                .click();
        page.waitForCondition(() -> number("data-articles") == marked + 1);
    }

    @Test
    void aMarkShowsItsTitlesAndLinksToTheArticle() {
        open("/market/BTCUSDT?period=1d");
        bars();
        page.waitForCondition(() -> number("data-articles") > 20);

        chart().focus();
        page.keyboard().press("[");
        Locator card = page.getByTestId("articles-at");
        assertThat(card).containsText(api.news.get(0).path("title").asText());
        page.keyboard().press("[");
        assertThat(card).not().containsText(api.news.get(0).path("title").asText());
        shoot("market-article");
        String title = card.getByRole(AriaRole.LINK).first().textContent();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("reader").getByRole(AriaRole.HEADING)).hasText(title);
    }

    @Test
    void hoveringShowsAMarkAndAClickOpensIt() {
        open("/market/BTCUSDT?period=6h");
        bars();
        page.waitForCondition(() -> number("data-articles") > 5);
        chart().and(page.locator("[data-newest-mark]:not([data-newest-mark=''])"))
                .waitFor();
        String[] place = chart().getAttribute("data-newest-mark").split(" ", -1);
        double x = chart().boundingBox().x + Double.parseDouble(place[0]);
        double y = chart().boundingBox().y + Double.parseDouble(place[1]);

        page.mouse().move(x, y);
        assertThat(page.getByTestId("articles-at"))
                .containsText(api.news.get(0).path("title").asText());
        page.mouse().click(x, y);
        assertThat(page.getByTestId("reader"))
                .containsText(api.news.get(0).path("title").asText());
    }

    @Test
    void touchingAMarkShowsItFirstAndThenOpensTheArticle() {
        try (BrowserContext phone = page.context()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setHasTouch(true)
                        .setIsMobile(true))) {
            page = phone.newPage();
            open("/market/BTCUSDT?period=6h");
            bars();
            chart().and(page.locator("[data-newest-mark]:not([data-newest-mark=''])"))
                    .waitFor();
            chart().scrollIntoViewIfNeeded();
            String[] place = chart().getAttribute("data-newest-mark").split(" ", -1);
            page.touchscreen()
                    .tap(
                            chart().boundingBox().x + Double.parseDouble(place[0]),
                            chart().boundingBox().y + Double.parseDouble(place[1]));
            Locator link = page.getByTestId("articles-at").getByRole(AriaRole.LINK);
            String title = link.textContent();
            shoot("phone-mark");
            link.tap();
            assertThat(page.getByTestId("reader")).containsText(title);
            assertThat(articles().first()).isHidden();
            shoot("phone-reader");

            page.getByRole(AriaRole.COMPLEMENTARY)
                    .getByRole(AriaRole.BUTTON, buttonNamed("^Close"))
                    .tap();
            assertThat(articles().first()).isVisible();
        }
    }

    @Test
    void drawsASentimentLineForEachLiveVersionUnlessSwitchedOff() {
        open("/market/BTCUSDT?period=1d");
        bars();
        page.waitForCondition(() -> number("data-sentiment-lines") == 3);

        page.waitForCondition(() -> server.subscribersTo("ArticleChanged") == 1);
        int before = api.requests("NewsWindow").size();
        push(api.news.scored(MockNews.id(0), 3, 0, 0.9));
        page.waitForCondition(() -> api.requests("NewsWindow").size() > before);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sentiment"))
                .click();
        page.waitForCondition(() -> number("data-sentiment-lines") == 0);
        page.waitForCondition(() -> !api.requests("NewsWindow")
                .getLast()
                .variables()
                .path("sentiment")
                .asBoolean());
    }

    private static Locator.GetByRoleOptions linkNamed(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions buttonNamed(String pattern) {
        return new Locator.GetByRoleOptions().setName(Pattern.compile(pattern));
    }
}
