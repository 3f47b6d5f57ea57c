package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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

    private Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private void confirm(String reason) {
        page.getByLabel("Why?").fill(reason);
        page.keyboard().press("Enter");
    }

    @Test
    void promotesADeclinedVersionForAReasonAndShowsARefusal() {
        api.registry().fail("PromoteVersion", "promotion was requested too soon, expected later (PROMOTION_RUNNING)");
        open(PAGE + "&version=lightgbm:BTCUSDT:4");
        Locator version = region("LightGBM 4");
        assertThat(version).containsText("It is worse than version 3, which is CURRENT");
        assertThat(region("Promotion gate")
                        .getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("Log loss against version 3")))
                .containsText("Failed");
        Locator purged = region("Versions").getByText("Purged", new Locator.GetByTextOptions().setExact(true));
        assertThat(purged).hasCount(0);
        button(region("Versions"), "Show 1 purged version").click();
        assertThat(purged).isVisible();

        button(version, "Promote").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("version 3 becomes v2, previous, version 2 is archived");
        confirm("better on quiet days");
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("(PROMOTION_RUNNING)");
        shoot("promote-refused");
        api.mend("PromoteVersion");
        page.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        assertThat(version).containsText("Promoting");
        assertThat(region("Lanes of LightGBM")).containsText("Promoting version 4");
        assertThat(region("History")).containsText("anna: better on quiet days");
        page.getByText("Version 4", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(region("History").getByRole(AriaRole.LISTITEM)).hasCount(2);
    }

    @Test
    void pinsAModelAgainstPromotionsAndRollbacks() {
        api.registry();
        open(PAGE);
        Locator current = region("LightGBM 3");
        button(current, "Pin").click();
        confirm("earnings week");
        assertThat(region("Lanes of LightGBM")).containsText("Pinned at version 3");
        assertThat(current).containsText("anna pinned the model at this version");
        button(current, "Roll back").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("The model is pinned at version 3. Unpin it first.");
        assertThat(button(dialog, "Roll back")).isDisabled();
        page.keyboard().press("Escape");
        button(current, "Unpin").click();
        confirm("it is over");
        assertThat(region("Lanes of LightGBM").getByText("Pinned")).hasCount(0);
        button(current, "Roll back").click();
        confirm("too many signals");
        assertThat(region("History")).containsText("anna: too many signals");
        button(current, "Archive").click();
        confirm("overfitted");
        assertThat(current).containsText("Archived");
        assertThat(button(current, "Promote again")).isVisible();
    }

    @Test
    void showsTheSlotsOfAPastMomentAtAnAddressOfTheirOwn() {
        open(PAGE);
        page.getByLabel("Slots as of, UTC").fill("2022-04-09T12:00");
        assertThat(lane("LightGBM", "CURRENT")).containsText("2");
        assertThat(lane("LightGBM", "CURRENT")).containsText("To");
        assertThat(lane("LightGBM", "PREVIOUS")).containsText("empty");
        assertThat(api.requests("SlotsAsOf").getFirst().variables().path("asOf").asText())
                .isEqualTo("2022-04-09T12:00:00Z");
        page.reload();
        assertThat(lane("LightGBM", "PREVIOUS")).containsText("empty");
        shoot("slots-as-of");
        button(region("Lanes"), "Now").click();
        assertThat(lane("LightGBM", "CURRENT")).containsText("Accuracy");
    }

    @Test
    void evaluatesNewsReadersOnArticles() {
        open(PAGE + "&version=trl:BTCUSDT:3");
        assertThat(page.getByText("held-out articles")).isVisible();
        open(PAGE + "&version=lightgbm:BTCUSDT:3");
        assertThat(page.getByText("held-out bars")).isVisible();
    }
}
