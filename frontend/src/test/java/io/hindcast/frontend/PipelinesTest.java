package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Training cycles: their steps, started, cancelled, followed without a reload. */
class PipelinesTest extends DashboardTest {

    private static final String PAGE = "/pipelines?symbol=BTCUSDT";

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    private Locator cycle(int number) {
        return page.getByRole(
                AriaRole.REGION,
                new Page.GetByRoleOptions().setName("Cycle " + number).setExact(true));
    }

    private Locator stepsOf(String family) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Steps of " + family));
    }

    private void change(String kind) {
        ObjectNode change = JSON.createObjectNode();
        change.put("kind", kind).put("subject", "BTCUSDT/4");
        server.push("ModelsChanged", "modelsChanged", change);
    }

    @Test
    void startsACycleAfterConfirmation() {
        open(PAGE);
        button("Train now").click();
        assertThat(dialog()).containsText("version 3 (v3, current) becomes v2");
        assertThat(dialog()).containsText("version 2 (v2, previous) is archived");
        shoot("train-dialog");
        page.keyboard().press("Escape");
        assertThat(dialog()).hasCount(0);
        assertThat(button("Train now")).isFocused();
        assertThat(api.requests("RequestTraining")).isEmpty();

        button("Train now").click();
        button("Start a cycle").click();
        assertThat(cycle(4)).isVisible();
        assertThat(stepsOf("News transformer")).containsText("Running");
        assertThat(api.requests("RequestTraining")).hasSize(1);

        button("Train now").click();
        assertThat(dialog()).containsText("Cycle 4 is running");
        assertThat(button("Start a cycle")).isDisabled();
    }

    @Test
    void cancelsACycleByKeyboardForAReason() {
        api.training(true);
        open(PAGE);
        button("Cancel cycle 4").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Why is it cancelled?")).isFocused();
        assertThat(button("Cancel the cycle")).isDisabled();
        page.keyboard().press("Enter");
        assertThat(api.requests("CancelTraining")).isEmpty();
        page.keyboard().type("wrong settings");
        page.keyboard().press("Tab");
        assertThat(button("Cancel")).isFocused();
        page.keyboard().press("Tab");
        assertThat(button("Cancel the cycle")).isFocused();
        page.keyboard().press("Space");
        assertThat(dialog()).hasCount(0);
        assertThat(cycle(4)).containsText("It was cancelled");
        assertThat(cycle(4)).containsText("wrong settings");
        assertThat(api.requests("CancelTraining")
                        .getFirst()
                        .variables()
                        .path("reason")
                        .asText())
                .isEqualTo("wrong settings");
    }

    @Test
    void showsTheReasonOfARefusalInTheDialog() {
        api.training(true).fail("CancelTraining", "cycle was 4, expected a cycle of BTCUSDT (NO_SUCH_CYCLE)");
        open(PAGE);
        button("Cancel cycle 4").click();
        page.getByLabel("Why is it cancelled?").fill("wrong settings");
        button("Cancel the cycle").click();
        assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("expected a cycle of BTCUSDT (NO_SUCH_CYCLE)");
        shoot("refused-dialog");
        api.mend("CancelTraining");
        button("Cancel the cycle").click();
        assertThat(dialog()).hasCount(0);
    }

    @Test
    void followsACycleWithoutAReload() {
        open(PAGE);
        assertThat(cycle(3)).isVisible();
        awaitSubscribed();
        api.training(true);
        change("TrainingCycleRequested");
        assertThat(cycle(4)).containsText("Running");
        assertThat(page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Worker").setExact(true)))
                .containsText("2 of 8 epochs, step 31 of 64");
        assertThat(page.getByLabel("End of the worker's log")).containsText("validation loss 0.98211");

        page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Steps of LightGBM"))
                .getByRole(AriaRole.BUTTON)
                .click();
        Locator curve = page.getByRole(AriaRole.FIGURE);
        assertThat(curve).containsText("step 400");
        api.steps(41);
        change("TrainingRunClaimed");
        assertThat(curve).containsText("step 410");
        page.getByText("accuracy", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByRole(AriaRole.FIGURE, new Page.GetByRoleOptions().setName("Learning curve, accuracy")))
                .isVisible();
        shoot("pipeline-running");
    }

    @Test
    void showsFailuresWithTheirRemedyAndKeepsTheSelection() {
        open(PAGE + "&cycle=2");
        assertThat(stepsOf("LightGBM").getByRole(AriaRole.BUTTON)).hasCount(2);
        assertThat(cycle(2).getByRole(AriaRole.LIST, new Locator.GetByRoleOptions().setName("Reasons")))
                .containsText("The worker ran out of memory. Raise hindcast.training.memory.");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("End of the worker's log")))
                .containsText("java.lang.OutOfMemoryError: Java heap space");
        assertThat(cycle(2)).containsText("machines rented for 0.41 USD");
        assertThat(page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Rented machines").setExact(true)))
                .containsText("Limit of a month");
        stepsOf("LightGBM").getByRole(AriaRole.BUTTON).nth(1).click();
        Locator run = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("LightGBM, attempt 2"));
        assertThat(run).containsText("num_leaves");
        assertThat(run).containsText("lightgbm:BTCUSDT:2");
        assertThat(run).containsText("RTX 3090, contract 4711, 0.21 USD an hour");
        page.reload();
        assertThat(run).containsText("hindcast-btcusdt-2-lightgbm-2");
    }

    @Test
    void repeatsARunAsACycleOfItsOwn() {
        api.fail("RepeatTraining", "dataset of the run was purged, expected a dataset that is kept (NOT_REPEATABLE)");
        open(PAGE);
        button("Repeat run").click();
        assertThat(dialog()).containsText("Repeat LightGBM, attempt 1 of cycle 3?");
        page.getByLabel("Why is it repeated?").fill("is it reproducible?");
        page.keyboard().press("Enter");
        assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("(NOT_REPEATABLE)");
        api.mend("RepeatTraining");
        page.keyboard().press("Enter");
        assertThat(cycle(4)).containsText("repeats LightGBM of cycle 3");
        assertThat(stepsOf("LightGBM")).containsText("Compare");
        assertThat(button("Repeat run")).hasCount(0);
    }

    @Test
    void pagesThroughOlderCycles() {
        api.cycles(45);
        open(PAGE);
        assertThat(cycle(45)).isVisible();
        button("Older").click();
        assertThat(cycle(25)).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cycle 20"))
                .click();
        assertThat(cycle(20)).isVisible();
        page.reload();
        assertThat(cycle(20)).isVisible();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("LightGBM, attempt 1")))
                .containsText("num_leaves");
        button("Newer").click();
        assertThat(cycle(45)).isVisible();
    }

    @Test
    void saysWhyItIsEmptyAndWhenTheServerIsAway() {
        api.cycles(0);
        cut("TrainingCycles", true);
        open(PAGE);
        assertThat(page.getByText("The server cannot be reached").first()).isVisible();
        cut("TrainingCycles", false);
        assertThat(page.getByText("No training cycle yet")).isVisible();
    }
}
