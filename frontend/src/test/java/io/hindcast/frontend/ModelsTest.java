package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Lanes, versions, decisions about them, and comparisons. */
class ModelsTest extends DashboardTest {

    private static final String PAGE = "/models?symbol=BTCUSDT";

    private Locator region(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator lane(String family, String slot) {
        return region("Lanes of " + family).locator("[data-slot='" + slot + "']");
    }

    @Test
    void showsEachLaneWithItsLastPredictionAndLiveAccuracy() {
        open(PAGE);
        Locator current = lane("LightGBM", "CURRENT");
        assertThat(current).containsText("Live");
        assertThat(current).containsText("47.0 %");
        assertThat(current).containsText("+3.1 pp");
        assertThat(current).containsText("majority 43.9 %");
        assertThat(lane("News transformer", "CURRENT")).containsText("Live");
        awaitSubscribed();
        record(api.market.close(api.market.size() - 1), 1);
        assertThat(current).containsText("BUY");
        assertThat(current).containsText("11 Apr 2022 00:00");
        shoot("models");

        lane("LightGBM", "PREVIOUS").click();
        assertThat(region("Evaluation of LightGBM 2")).isVisible();
    }

    @Test
    void comparesAnyTwoVersionsAtAnAddressOfTheirOwn() {
        open(PAGE);
        page.getByLabel("Compare with").selectOption("lightgbm:BTCUSDT:1");
        Locator comparison = region("LightGBM 3 and LightGBM 1 side by side");
        assertThat(comparison.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("Accuracy differs")))
                .containsText("45.32 % better");
        assertThat(comparison.getByText("num_leaves")).hasCount(0);
        comparison
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Only differences"))
                .click();
        assertThat(comparison.getByText("num_leaves")).isVisible();
        shoot("comparison");
        page.reload();
        assertThat(comparison).isVisible();
        page.getByLabel("Compare with").selectOption("");
        assertThat(comparison).hasCount(0);
    }

    @Test
    void requestsABackfillForAReasonAndShowsARefusal() {
        api.fail("RequestBackfill", "lane of lightgbm:BTCUSDT:3 was not joined, expected joined (LANE_NOT_JOINED)");
        open(PAGE);
        Locator panel = region("Backfill of LightGBM 3");
        assertThat(panel).containsText("43,200");
        panel.getByRole(AriaRole.BUTTON).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        page.getByLabel("Why is it backfilled?").fill("bars were missed");
        page.keyboard().press("Enter");
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("LANE_NOT_JOINED");
        api.mend("RequestBackfill");
        page.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        assertThat(panel.getByRole(AriaRole.BUTTON)).isFocused();
    }

    @Test
    void evaluatesNewsReadersOnArticles() {
        open(PAGE + "&version=trl:BTCUSDT:3");
        assertThat(page.getByText("held-out articles")).isVisible();
        open(PAGE + "&version=lightgbm:BTCUSDT:3");
        assertThat(page.getByText("held-out bars")).isVisible();
    }
}
