package io.hindcast.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page with live data at three sizes: nothing is wider than the window. */
class LookTest extends DashboardTest {

    @ParameterizedTest
    @CsvSource({"dark,1600,1000", "light,900,800", "dark,390,844"})
    void pagesFitTheWindow(String theme, int width, int height) {
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(theme.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT));
        page.setViewportSize(width, height);
        api.synthetic().expired();
        int last = api.market.size() - 1;
        api.gap(last - 90, last - 70, "CONFIRMED")
                .gap(last - 220, last - 200, "REPAIRED")
                .gap(last - 30, last - 22, "OPEN");

        for (String path : new String[] {"/", "/?week", "/pipelines", "/models", "/predictions", "/news"}) {
            open(path.equals("/?week") ? "/market/BTCUSDT?period=1w" : path);
            page.getByRole(AriaRole.HEADING).first().waitFor();
            if (path.startsWith("/?") || path.equals("/")) {
                assertThat(bars()).isPositive();
                awaitSubscribed();
                record(api.market.close(api.market.size() - 1) * 1.0004, 1);
                page.getByTestId("signal-CURRENT").getByText("BUY").first().waitFor();
                page.getByText("Buy and hold").waitFor();
                page.waitForCondition(() -> number("data-articles") > 0 && number("data-sentiment-lines") == 3);
                page.mouse().move(width * 0.4, 420);
            } else if (path.equals("/news")) {
                page.getByTestId("article").first().waitFor();
            } else if (path.equals("/pipelines")) {
                page.getByRole(AriaRole.FIGURE).waitFor();
            } else {
                page.locator("table").first().waitFor();
            }
            assertFits(path, width);
            shoot(theme + "-" + width + path.replaceAll("[/?]", "-"));
        }
    }
}
