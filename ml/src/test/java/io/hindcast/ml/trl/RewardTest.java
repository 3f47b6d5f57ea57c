package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.ml.RandomMarket;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RewardTest {

    /** Returns the reward of a policy that always predicts one class. */
    private static double constant(int[] outcomes, double[] weights, int predicted) {
        double sum = 0;
        for (int i = 0; i < outcomes.length; i++) {
            int[] draws = new int[3];
            draws[predicted] = 8;
            sum += GrpoGroup.of(draws, outcomes[i], weights[i]).reward();
        }
        return sum / outcomes.length;
    }

    private static int[] outcomes(RandomGenerator random, int classes) {
        double[] shares = random.doubles(classes, 0.001, 1)
                .map(share -> share * share * share)
                .toArray();
        double all = Arrays.stream(shares).sum();
        int[] outcomes = new int[500];
        for (int i = 0; i < outcomes.length; i++) {
            double dice = random.nextDouble() * all;
            while (outcomes[i] < classes - 1 && dice >= shares[outcomes[i]]) {
                dice -= shares[outcomes[i]++];
            }
        }
        for (int c = 0; c < classes; c++) {
            outcomes[c] = c;
        }
        return outcomes;
    }

    @Test
    void balancedRewardsPayAllConstantPoliciesTheSame() {
        RandomGenerator random = RandomMarket.random(11);
        for (int draw = 0; draw < 300; draw++) {
            int[] outcomes = outcomes(random, 3);
            double[] weights = Reward.balanced(outcomes);
            for (int predicted = 0; predicted < 3; predicted++) {
                assertThat(constant(outcomes, weights, predicted))
                        .as("class %d in draw %d", predicted, draw)
                        .isCloseTo(-1.0 / 3, within(1e-9));
            }
            assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void balancedRewardsPayOnlyAPolicyThatReadsTheText() {
        RandomGenerator random = RandomMarket.random(12);
        int[] outcomes = outcomes(random, 3);
        double[] weights = Reward.balanced(outcomes);
        double right = 0;
        for (int i = 0; i < outcomes.length; i++) {
            int[] draws = new int[3];
            draws[outcomes[i]] = 8;
            right += GrpoGroup.of(draws, outcomes[i], weights[i]).reward() / outcomes.length;
        }
        assertThat(right).isCloseTo(1, within(1e-9));
    }

    @Test
    void ignoresOutcomesThatDoNotOccur() {
        int[] outcomes = {0, 0, 0, 2};
        assertThat(Reward.balanced(outcomes)).containsExactly(2.0 / 3, 2.0 / 3, 2.0 / 3, 2);
        assertThat(constant(outcomes, Reward.balanced(outcomes), 0)).isCloseTo(0, within(1e-9));
        assertThat(constant(outcomes, Reward.balanced(outcomes), 2)).isCloseTo(0, within(1e-9));
    }
}
