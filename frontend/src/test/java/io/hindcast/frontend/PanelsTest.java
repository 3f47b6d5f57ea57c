package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Performance and outages. */
class PanelsTest extends DashboardTest {

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void comparesVersionsOverTheirCommonSpan() {
        api.evaluatedDays(3, 3).evaluatedDays(2, 18);
        open("/market/BTCUSDT?period=1M");
        Locator panel = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Performance of LightGBM"));

        assertThat(panel.getByTestId("compared")).containsText("Compared over 2 d 23 h");
        page.waitForCondition(() -> api.requests("Performance").stream()
                .anyMatch(a -> a.variables().path("from").asText().startsWith("2022-04-08T00:00")));
        Locator spans = panel.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("Judged over"));
        assertThat(spans).containsText("2 d 23 h");
        assertThat(spans).containsText("17 d 23 h");
        assertThat(spans).containsText("29 d 23 h");
        assertThat(panel.getByText("Buy and hold, 2 d 23 h")).isVisible();
        shoot("performance-common");

        page.getByText("Own spans").click();
        assertThat(panel.getByTestId("compared")).containsText("not comparable");
        assertThat(panel.getByText("Buy and hold, 30 d")).isVisible();
    }

    @Test
    void namesTheRecordedSpanForALongerPeriod() {
        open("/market/BTCUSDT?period=6M");
        assertThat(page.getByText("All 100 d recorded").first()).isVisible();
        assertThat(page.getByText("182 days")).hasCount(0);
    }

    @Test
    void showsOutagesWithTheirRemedyOnEveryPage() {
        page.clock().install();
        api.outage(
                        "feed of BTCUSDT",
                        "DOWN",
                        "Binance lists BTCUSDT as BREAK.",
                        "Nothing to do: it goes on when trading does.")
                .outage(
                        "news from rss:coindesk",
                        "DEGRADED",
                        "It answers with 404.",
                        "Correct its address in the settings.")
                .outage("article:1", "LOST", "Its text was not fetched.", "Fetch it again with the command line.")
                .outage("article:2", "LOST", "Its text was not fetched.", "Fetch it again with the command line.");
        for (String path :
                new String[] {"/market/BTCUSDT", "/pipelines", "/models", "/predictions", "/news", "/nowhere"}) {
            open(path);
            Locator banner = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Outages"));
            assertThat(banner.getByRole(AriaRole.ALERT)).containsText("Binance lists BTCUSDT as BREAK.");
            assertThat(banner.getByRole(AriaRole.STATUS)).containsText("Correct its address in the settings.");
            assertThat(banner.getByText("2 things were given up")).isVisible();
            assertThat(banner.getByText("article:1")).isHidden();
        }
        page.getByText("2 things were given up").click();
        shoot("outages");
        button("Dismiss: article:1").click();
        assertThat(page.getByText("1 thing was given up")).isVisible();
        page.reload();
        assertThat(page.getByText("1 thing was given up")).isVisible();

        api.noOutages();
        page.clock().runFor(11_000);
        assertThat(page.getByText("Binance lists BTCUSDT as BREAK.")).hasCount(0);
        assertThat(page.getByText("given up")).hasCount(0);
    }
}
