package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.hindcast.frontend.mock.MockMarket;
import org.junit.jupiter.api.Test;

/** Moving, resizing and leaving the chart. */
class ChartTest extends DashboardTest {

    @Test
    void followsBarsThatArriveDuringTheFirstRequest() {
        hold("ChartWindow");
        open("/market/BTCUSDT?period=1h");
        awaitSubscribed();
        awaitHeld("ChartWindow");
        for (int i = 0; i < 200; i++) {
            record(api.market.close(api.market.size() - 1), 1);
        }
        release("ChartWindow");
        long newest = MockMarket.time(api.market.size() - 1).getEpochSecond();
        page.waitForCondition(() -> number("data-last") == newest);
        page.waitForCondition(() -> number("data-visible-to") >= newest && number("data-visible-from") < newest);
        assertThat(number("data-visible-to")).isLessThan((int) newest + 3_600);
    }

    @Test
    void followsAMarketThatAdvancedUnseenDuringTheFirstRequest() {
        hold("ChartWindow");
        open("/market/BTCUSDT?period=1h");
        awaitSubscribed();
        awaitHeld("ChartWindow");
        for (int i = 0; i < 200; i++) {
            api.market.append(api.market.close(api.market.size() - 1));
        }
        release("ChartWindow");
        bars();
        record(api.market.close(api.market.size() - 1), 1);
        long newest = MockMarket.time(api.market.size() - 1).getEpochSecond();
        page.waitForCondition(() -> number("data-last") == newest && number("data-visible-to") >= newest);
        page.waitForCondition(() -> number("data-bars") == (number("data-last") - number("data-first")) / 60 + 1);
    }

    @Test
    void stripsStayBelowTheCandlesAtAnySize() {
        open("/market/BTCUSDT?period=1d");
        bars();
        page.waitForCondition(() -> number("data-articles") > 0 && number("data-sentiment-lines") == 3);
        for (int height : new int[] {1_300, 560, 900}) {
            page.setViewportSize(height == 560 ? 1_000 : 1_600, height);
            page.waitForCondition(() -> Math.abs(number("data-height") - chart().boundingBox().height) < 2);
            page.waitForCondition(() -> number("data-lowest-candle") <= number("data-strips-top"));
        }
    }

    @Test
    void quickPageSwitchesCauseNoErrors() {
        open("/market/BTCUSDT");
        for (int i = 0; i < 4; i++) {
            bars();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Models"))
                    .click();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Market").setExact(true))
                    .click();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("News").setExact(true))
                    .click();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Market").setExact(true))
                    .click();
        }
        assertThat(bars()).isPositive();
        page.waitForCondition(() -> number("data-articles") > 0);
    }

    @Test
    void touchScrollsThePageVerticallyAndTheChartHorizontally() {
        try (BrowserContext phone = page.context()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setHasTouch(true)
                        .setIsMobile(true))) {
            page = phone.newPage();
            open("/market/BTCUSDT?period=6h");
            bars();
            page.getByText("Buy and hold").first().waitFor();
            page.evaluate("document.querySelector('[data-testid=chart]').scrollIntoView({ block: 'center' })");
            int top = scrolled();

            swipe(0, -200);
            page.waitForCondition(() -> scrolled() > top + 100);
            awaitScrolled();
            int from = number("data-visible-from");
            int below = scrolled();
            swipe(150, 0);
            page.waitForCondition(() -> number("data-visible-from") < from);
            assertThat(scrolled()).isEqualTo(below);
        }
    }

    /** Blocks until the momentum of a touch scroll has ended. */
    private void awaitScrolled() {
        page.evaluate(
                "new Promise((done) => { let y = -1; const look = () => window.scrollY === y ? done() : ((y = window.scrollY), setTimeout(look, 200)); look() })");
    }

    private int scrolled() {
        return ((Number) page.evaluate("Math.round(window.scrollY)")).intValue();
    }

    private void swipe(int x, int y) {
        BoundingBox box = chart().boundingBox();
        CDPSession devtools = page.context().newCDPSession(page);
        int steps = 10;
        for (int i = 0; i <= steps; i++) {
            JsonArray touches = new JsonArray();
            JsonObject touch = new JsonObject();
            touch.addProperty("x", box.x + 150 + (double) x * i / steps);
            touch.addProperty("y", box.y + 200 + (double) y * i / steps);
            touches.add(touch);
            JsonObject event = new JsonObject();
            event.addProperty("type", i == 0 ? "touchStart" : "touchMove");
            event.add("touchPoints", touches);
            devtools.send("Input.dispatchTouchEvent", event);
        }
        JsonObject end = new JsonObject();
        end.addProperty("type", "touchEnd");
        end.add("touchPoints", new JsonArray());
        devtools.send("Input.dispatchTouchEvent", end);
        devtools.detach();
    }

    @Test
    void anUnknownMarketLinksToTheExistingOnes() {
        open("/market/ETHUSDT");
        assertThat(page.getByText("There is no market ETHUSDT here")).isVisible();
        assertThat(page.getByText("header")).hasCount(0);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("BTCUSDT"))
                .click();
        assertThat(bars()).isPositive();
    }

    @Test
    void anUnknownAddressShowsANotFoundPage() {
        open("/nowhere/at/all");
        assertThat(page.getByText("There is no such page")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go to the market"))
                .click();
        assertThat(bars()).isPositive();
    }
}
