package io.hindcast.ml.report;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Evaluation.Baseline;
import io.hindcast.api.prediction.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** States in sentences whether a model beats its baselines. */
final class Verdict {

    private Verdict() {}

    /**
     * Returns the log loss of a constant prediction of the outcomes' actual shares, the lowest of any constant
     * prediction.
     */
    static double bestConstantLogLoss(Evaluation evaluation) {
        double entropy = 0;
        for (List<Integer> counts : evaluation.confusion()) {
            double share = counts.stream().mapToInt(Integer::intValue).sum() / (double) evaluation.rows();
            entropy -= share == 0 ? 0 : share * StrictMath.log(share);
        }
        return entropy;
    }

    static List<String> sentences(Report report) {
        Evaluation evaluation = report.evaluation();
        List<String> sentences = new ArrayList<>();
        sentences.add(report.overlap().sentence());
        degenerate(evaluation).ifPresent(sentences::add);
        sentences.add(accuracy(evaluation) + hindsight(evaluation));
        double constant = bestConstantLogLoss(evaluation);
        sentences.add("Its log loss of " + NumberFormats.decimals(evaluation.logLoss(), 4)
                + (evaluation.logLoss() < constant ? " is below the " : " is not below the ")
                + NumberFormats.decimals(constant, 4)
                + " of always predicting how often each outcome occurs: its probabilities "
                + (evaluation.logLoss() < constant ? "carry information." : "are worse than that."));
        sentences.add(profit(evaluation));
        return sentences;
    }

    /** Returns a warning about a model that predicts one signal whatever its input. */
    static Optional<String> degenerate(Evaluation evaluation) {
        return evaluation.degenerate().map(signal -> {
            int column = signal.classIndex();
            int predicted = evaluation.confusion().stream()
                    .mapToInt(row -> row.get(column))
                    .sum();
            return "Degenerate: it predicts " + signal + " for " + NumberFormats.count(predicted) + " of "
                    + NumberFormats.count(evaluation.rows())
                    + " rows, whatever they are. The platform does not promote such a version.";
        });
    }

    private static String accuracy(Evaluation evaluation) {
        Baseline best = evaluation.baselines().stream()
                .max(Comparator.comparingDouble(Baseline::accuracy))
                .orElseThrow();
        double lead = 100 * (evaluation.accuracy() - best.accuracy());
        String right = "Right in " + NumberFormats.percent(evaluation.accuracy()) + " of cases, ";
        String rival = "the best baseline (" + words(best) + ", " + NumberFormats.percent(best.accuracy()) + ")";
        if (Math.abs(lead) < 0.05) {
            return right + "as often as " + rival + ".";
        }
        return right + NumberFormats.decimals(Math.abs(lead), 1) + " points " + (lead > 0 ? "more than " : "less than ")
                + rival + ".";
    }

    /** Returns the accuracy of always predicting the most frequent outcome, which is known only in hindsight. */
    static double bestConstantAccuracy(Evaluation evaluation) {
        return evaluation.confusion().stream()
                        .mapToInt(counts ->
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .max()
                        .orElse(0)
                / (double) evaluation.rows();
    }

    /** Returns the most frequent outcome. */
    static Signal mostFrequent(Evaluation evaluation) {
        int best = 0;
        int most = -1;
        for (int o = 0; o < evaluation.confusion().size(); o++) {
            int count = evaluation.confusion().get(o).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            if (count > most) {
                most = count;
                best = o;
            }
        }
        return Signal.ofClass(best);
    }

    private static String hindsight(Evaluation evaluation) {
        double constant = bestConstantAccuracy(evaluation);
        boolean known = evaluation.baselines().stream().anyMatch(baseline -> baseline.accuracy() >= constant);
        return known
                ? ""
                : " Always predicting " + mostFrequent(evaluation)
                        + ", which turned out most frequent in these days, would have been" + " right in "
                        + NumberFormats.percent(constant) + "; that is known only afterwards.";
    }

    private static String profit(Evaluation evaluation) {
        double holding = holding(evaluation).profitAfterFees();
        return "Following its signals, long or flat, would have earned "
                + NumberFormats.change(evaluation.profitBeforeFees())
                + " before fees and " + NumberFormats.change(evaluation.profitAfterFees()) + " after fees of "
                + NumberFormats.decimals(100 * evaluation.feeRate(), 2) + " % in "
                + NumberFormats.count(evaluation.trades())
                + " trades; buying and holding would have earned " + NumberFormats.change(holding) + ". After fees it "
                + (evaluation.profitAfterFees() > holding ? "beats" : "does not beat") + " holding.";
    }

    static Baseline holding(Evaluation evaluation) {
        return evaluation.baselines().stream()
                .filter(baseline -> baseline.name().equals("buy-and-hold"))
                .findFirst()
                .orElseThrow();
    }

    /** Returns a baseline's name in words. */
    static String words(Baseline baseline) {
        return switch (baseline.name()) {
            case "majority-class" -> "what was most frequent in training";
            case "previous-sign" -> "the previous change's sign";
            case "buy-and-hold" -> "always BUY";
            default -> baseline.name();
        };
    }
}
