package io.hindcast.ml.trl;

import io.hindcast.ml.train.NamedParameters;
import java.util.SortedMap;

/**
 * Settings of group relative policy optimisation (Shao et al., DeepSeekMath, arXiv 2402.03300, 2024). Advantages are
 * not divided by a group's standard deviation, which would cancel the articles' weights (Liu et al., Understanding
 * R1-Zero-like training, arXiv 2503.20783, 2025, give further reasons).
 *
 * @param reward reward of the signals
 * @param group actions that the old policy draws per article, 2 or more
 * @param clip ε of the surrogate, above 0 to below 1
 * @param klWeight β, 0 or more
 * @param entropyWeight weight of the bonus on the policy's entropy, 0 or more (Williams and Peng, Function optimization
 *     using connectionist reinforcement learning algorithms, 1991; Mnih et al., Asynchronous methods for deep
 *     reinforcement learning, arXiv 1602.01783, 2016). With it the optimal policy is proportional to exp(reward /
 *     weight) instead of a single signal
 * @param innerSteps optimizer steps for which an old policy is kept, 1 or more. With 1 the ratio of new to old is 1
 *     except for dropout, and clipping hardly ever applies
 * @param klLimit mean divergence from the reference, in nats, above which training stops
 * @param entropyFloor mean entropy of the policy, in nats, below which training stops; uniform probabilities have
 *     1.0986
 */
public record GrpoSettings(
        Reward reward,
        int group,
        double clip,
        double klWeight,
        double entropyWeight,
        int innerSteps,
        double klLimit,
        double entropyFloor) {

    /**
     * Balanced rewards, groups of eight, ε 0.2, β 0.1, a fifth of a reward per nat of entropy, an old policy for four
     * steps.
     */
    public static final GrpoSettings DEFAULT = new GrpoSettings(Reward.BALANCED, 8, 0.2, 0.1, 0.2, 4, 1.5, 0.02);

    public GrpoSettings {
        check("group", group, group >= 2, "2 or more");
        check("clip", clip, clip > 0 && clip < 1, "above 0 to below 1");
        check("klWeight", klWeight, klWeight >= 0, "0 or more");
        check("entropyWeight", entropyWeight, entropyWeight >= 0, "0 or more");
        check("innerSteps", innerSteps, innerSteps >= 1, "1 or more");
        check("klLimit", klLimit, klLimit > 0, "above 0");
        check("entropyFloor", entropyFloor, entropyFloor >= 0 && entropyFloor < StrictMath.log(3), "0 to below ln 3");
    }

    private static void check(String name, double value, boolean ok, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("GRPO setting " + name + " was " + value + ", expected " + expected);
        }
    }

    /** Returns a copy with another reward. */
    public GrpoSettings withReward(Reward other) {
        return new GrpoSettings(other, group, clip, klWeight, entropyWeight, innerSteps, klLimit, entropyFloor);
    }

    /** Returns a copy with other limits of divergence and entropy. */
    public GrpoSettings withLimits(double divergence, double entropy) {
        return new GrpoSettings(reward, group, clip, klWeight, entropyWeight, innerSteps, divergence, entropy);
    }

    GrpoLoss loss() {
        return new GrpoLoss(clip, klWeight, entropyWeight);
    }

    /** Adds the settings by name, for the provenance. */
    void addTo(SortedMap<String, String> map) {
        map.put("grpo.reward", reward.label());
        map.put("grpo.group", String.valueOf(group));
        map.put("grpo.clip", String.valueOf(clip));
        map.put("grpo.klWeight", String.valueOf(klWeight));
        map.put("grpo.entropyWeight", String.valueOf(entropyWeight));
        map.put("grpo.innerSteps", String.valueOf(innerSteps));
        map.put("grpo.klLimit", String.valueOf(klLimit));
        map.put("grpo.entropyFloor", String.valueOf(entropyFloor));
    }

    /** Reads what {@link #addTo} wrote. */
    static GrpoSettings of(NamedParameters named) {
        return new GrpoSettings(
                Reward.named(named.text("grpo.reward")),
                named.whole("grpo.group"),
                named.number("grpo.clip"),
                named.number("grpo.klWeight"),
                named.number("grpo.entropyWeight"),
                named.whole("grpo.innerSteps"),
                named.number("grpo.klLimit"),
                named.number("grpo.entropyFloor"));
    }
}
