package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.hindcast.frontend.mock.MockMarket;
import org.junit.jupiter.api.Test;

/** Data and settings survive failed polls, server outages and reloads. */
class SteadyTest extends DashboardTest {

    private Locator stale() {
        return page.getByText("Not up to date");
    }

    /** Advances the page's clock, so that its polls fall due. */
    private void pass(int seconds) {
        page.clock().runFor(seconds * 1_000L);
    }

    private long visibleSpan() {
        return Long.parseLong(chart().getAttribute("data-visible-to"))
                - Long.parseLong(chart().getAttribute("data-visible-from"));
    }

    private void openZoomed() {
        page.clock().install();
        open("/market/BTCUSDT?period=1d");
        bars();
        awaitSubscribed();
        page.waitForCondition(() -> Math.abs(visibleSpan() - 86_400 * 1.03) < 900);
        long before = visibleSpan();
        chart().focus();
        // One key at a time: the chart applies a new span in its next frame.
        page.keyboard().press("+");
        page.waitForCondition(() -> Math.abs(visibleSpan() - before * 0.7) < 600);
        page.keyboard().press("+");
        page.waitForCondition(() -> Math.abs(visibleSpan() - before * 0.49) < 600);
    }

    @Test
    void aFailedPollKeepsTheZoomAndShowsTheAgeOfTheData() {
        openZoomed();
        long zoomed = visibleSpan();

        cut("Shell", true);
        pass(31);
        assertThat(stale()).isVisible();
        assertThat(page.getByTestId("age").first()).containsText("s");
        assertThat(page.locator("[data-freshness='live']")).hasCount(0);
        assertThat(page.getByTestId("live-price")).isVisible();
        assertThat(visibleSpan()).isEqualTo(zoomed);

        cut("Shell", false);
        pass(16);
        assertThat(stale()).hasCount(0);
        assertThat(visibleSpan()).isEqualTo(zoomed);
    }

    @Test
    void aRefusedPollKeepsThePage() {
        openZoomed();
        long zoomed = visibleSpan();

        api.fail("Shell", "the read model is being built");
        pass(31);
        assertThat(stale()).isVisible();
        assertThat(page.getByText("the read model is being built")).isVisible();
        assertThat(visibleSpan()).isEqualTo(zoomed);
    }

    @Test
    void everyPageKeepsItsDataDuringAnOutage() {
        page.clock().install();
        for (String path : new String[] {"/market/BTCUSDT", "/pipelines", "/models", "/predictions", "/news"}) {
            open(path);
            awaitSubscribed();
            page.getByRole(AriaRole.HEADING).first().waitFor();
            Locator content = path.startsWith("/market")
                    ? page.getByText("Buy and hold").first()
                    : path.equals("/news")
                            ? page.getByTestId("article").first()
                            : path.equals("/pipelines")
                                    ? page.getByRole(AriaRole.FIGURE)
                                    : page.locator("td").first();
            content.waitFor();

            cut("*", true);
            server.goAway();
            pass(90);
            assertThat(page.locator("[data-freshness='reconnecting']")).isVisible();
            assertThat(content).isVisible();
            server.comeBack();
            cut("*", false);
        }
    }

    @Test
    void performanceAndLanesKeepTheirFiguresWhenPollsFail() {
        page.clock().install();
        open("/market/BTCUSDT");
        page.getByText("Buy and hold").first().waitFor();
        awaitSubscribed();

        cut("Performance", true);
        cut("Lanes", true);
        record(api.market.close(api.market.size() - 1), 1);
        pass(62);
        assertThat(stale()).hasCount(2);
        assertThat(page.getByText("Buy and hold").first()).isVisible();
        assertThat(page.getByTestId("signal-CURRENT")).isVisible();
    }

    @Test
    void predictionsKeepFilterAndPageAcrossAReload() {
        open("/predictions?symbol=BTCUSDT");
        page.getByTestId("page").getByText("1–100").waitFor();
        page.getByLabel("Version").selectOption("lightgbm:BTCUSDT:2");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Next"))
                .click();
        assertThat(page.getByTestId("page")).hasText("101–200");
        String address = page.url();

        page.reload();
        assertThat(page.getByTestId("page")).hasText("101–200");
        assertThat(page.getByLabel("Version")).hasValue("lightgbm:BTCUSDT:2");
        assertThat(page.url()).isEqualTo(address);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Back").setExact(true))
                .click();
        assertThat(page.getByTestId("page")).hasText("1–100");
    }

    @Test
    void newsKeepsItsFilterAcrossAReload() {
        open("/news?symbol=BTCUSDT");
        page.getByTestId("article").first().waitFor();
        page.getByLabel("Source").fill("Decrypt");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Last week"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Repetitions"))
                .click();
        page.waitForCondition(
                () -> page.url().contains("source=Decrypt") && page.url().contains("repetitions="));

        page.reload();
        page.getByTestId("article").first().waitFor();
        assertThat(page.getByLabel("Source")).hasValue("Decrypt");
        assertThat(page.getByLabel("From, UTC")).not().hasValue("");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Repetitions")))
                .hasAttribute("aria-pressed", "true");
    }

    @Test
    void modelsKeepTheSelectedVersionAcrossAReload() {
        open("/models?symbol=BTCUSDT");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show version 1"))
                .first()
                .click();
        page.getByText("Evaluation of LightGBM 1").waitFor();
        page.reload();
        page.getByText("Evaluation of LightGBM 1").waitFor();
    }

    @Test
    void retriesAFailedFetchOfTheChart() {
        cut("ChartWindow", true);
        open("/market/BTCUSDT");
        page.getByText("The server cannot be reached").first().waitFor();
        cut("ChartWindow", false);
        assertThat(bars()).isPositive();
    }

    @Test
    void aReopenedStreamLeavesNeitherGapsNorDuplicates() {
        open("/market/BTCUSDT?period=1h");
        bars();
        awaitSubscribed();

        server.end("CandleRecorded", "more than 256 updates behind (TOO_SLOW)");
        server.end("PredictionsRecorded", "more than 256 updates behind (TOO_SLOW)");
        double close = api.market.close(api.market.size() - 1);
        for (int i = 0; i < 4; i++) {
            api.market.append(close * (1 + 0.001 * i));
        }
        page.waitForCondition(() -> number("data-last") == lastTime());
        assertNoneMissingOrTwice();
        awaitSubscribed();
        record(close, 1);
        page.waitForCondition(() -> number("data-last") == lastTime());
        assertNoneMissingOrTwice();
        assertThat(page.getByTestId("signal-CURRENT")).containsText("BUY");
    }

    private void assertNoneMissingOrTwice() {
        assertThat(number("data-bars")).isEqualTo((number("data-last") - number("data-first")) / 60 + 1);
    }

    private int lastTime() {
        return (int) MockMarket.time(api.market.size() - 1).getEpochSecond();
    }
}
