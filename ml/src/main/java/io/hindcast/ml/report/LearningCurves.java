package io.hindcast.ml.report;

import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of a training, round by round.
 *
 * @param rounds numbers of the rounds, ascending
 * @param figures metrics by name, a value per round; {@code NaN} where there is none
 */
public record LearningCurves(List<Integer> rounds, SortedMap<String, List<Double>> figures) {

    public LearningCurves {
        rounds = List.copyOf(rounds);
        SortedMap<String, List<Double>> copy = new TreeMap<>();
        figures.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        figures = Collections.unmodifiableSortedMap(copy);
    }

    /** Reads the learning curves of a bundle; empty if it has none. */
    public static LearningCurves of(ModelBundle bundle) {
        if (!bundle.partNames().contains(ModelBundle.LEARNING)) {
            return new LearningCurves(List.of(), new TreeMap<>());
        }
        return parse(new String(bundle.part(ModelBundle.LEARNING), StandardCharsets.UTF_8));
    }

    static LearningCurves parse(String csv) {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("round")) {
            throw new CorruptBundleException(ModelBundle.LEARNING
                    + " in the model bundle does not begin with a line of names, the first of them 'round'");
        }
        String[] names = lines.getFirst().split(",", -1);
        List<Integer> rounds = new ArrayList<>();
        List<List<Double>> columns = new ArrayList<>();
        for (int i = 1; i < names.length; i++) {
            columns.add(new ArrayList<>());
        }
        int number = 1;
        try {
            for (String line : lines.subList(1, lines.size())) {
                number++;
                String[] values = line.split(",", -1);
                rounds.add(Integer.valueOf(values[0]));
                for (int i = 1; i < names.length; i++) {
                    columns.get(i - 1).add(values[i].isEmpty() ? Double.NaN : Double.valueOf(values[i]));
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new CorruptBundleException(
                    ModelBundle.LEARNING + " in the model bundle, line " + number + ": " + e.getMessage(), e);
        }
        SortedMap<String, List<Double>> figures = new TreeMap<>();
        for (int i = 1; i < names.length; i++) {
            figures.put(names[i], columns.get(i - 1));
        }
        return new LearningCurves(rounds, figures);
    }
}
