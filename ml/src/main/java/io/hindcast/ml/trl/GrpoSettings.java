package io.hindcast.ml.trl;

import java.util.SortedMap;

/**
 * How a policy is optimised.
 *
 * @param group actions that the old policy tries on an article, 2 or more
 * @param clip ε of the surrogate, above 0 to below 1
 * @param klWeight β, 0 or more
 * @param rewardClip greatest reward, as a multiple of the mean change; 0 for none
 * @param divideByDeviation whether a group's advantages are divided by its standard deviation
 * @param innerSteps steps of the optimizer for which an old policy is kept, 1 or more. With 1 the ratio of new to old is 1 but for
 *     dropout, and the clip hardly ever acts
 * @param klLimit mean divergence from the reference, in nats, above which training stops
 * @param entropyFloor mean entropy of the policy, in nats, below which training stops; even odds have 1.0986
 */
public record GrpoSettings(
        int group,
        double clip,
        double klWeight,
        double rewardClip,
        boolean divideByDeviation,
        int innerSteps,
        double klLimit,
        double entropyFloor) {

    /** Groups of four, ε 0.2, β 0.1, rewards as they are, an old policy for four steps. */
    public static final GrpoSettings DEFAULT = new GrpoSettings(4, 0.2, 0.1, 0, false, 4, 1.5, 0.02);

    public GrpoSettings {
        check("group", group, group >= 2, "2 or more");
        check("clip", clip, clip > 0 && clip < 1, "above 0 to below 1");
        check("klWeight", klWeight, klWeight >= 0, "0 or more");
        check("rewardClip", rewardClip, rewardClip >= 0, "0 or more");
        check("innerSteps", innerSteps, innerSteps >= 1, "1 or more");
        check("klLimit", klLimit, klLimit > 0, "above 0");
        check("entropyFloor", entropyFloor, entropyFloor >= 0 && entropyFloor < StrictMath.log(3), "0 to below ln 3");
    }

    private static void check(String name, double value, boolean ok, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("GRPO setting " + name + " was " + value + ", expected " + expected);
        }
    }

    /**
     * What the right signal for an article earns, and a wrong one loses.
     *
     * @param changePercent the market's reaction
     * @param mean of |change| over all that are trained on, in percent
     */
    double weight(double changePercent, double mean) {
        double weight = mean == 0 ? 0 : Math.abs(changePercent) / mean;
        return rewardClip == 0 ? weight : Math.min(weight, rewardClip);
    }

    GrpoLoss loss() {
        return new GrpoLoss(clip, klWeight);
    }

    /** Adds them by name, for the provenance. */
    void addTo(SortedMap<String, String> map) {
        map.put("grpo.group", String.valueOf(group));
        map.put("grpo.clip", String.valueOf(clip));
        map.put("grpo.klWeight", String.valueOf(klWeight));
        map.put("grpo.rewardClip", String.valueOf(rewardClip));
        map.put("grpo.divideByDeviation", String.valueOf(divideByDeviation));
        map.put("grpo.innerSteps", String.valueOf(innerSteps));
        map.put("grpo.klLimit", String.valueOf(klLimit));
        map.put("grpo.entropyFloor", String.valueOf(entropyFloor));
    }
}
