package io.keyledger.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was measured, one value for each run, in the order in which it was first measured. */
final class Figures {

    private final Map<String, Figure> byName = new LinkedHashMap<>();
    private final Consumer<String> progress;

    /** @param progress hears of each value when it is measured, one line for each */
    Figures(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * One figure.
     *
     * @param runs a value for each run
     * @param aim what was wished for, at most or at least; null: nothing
     */
    record Figure(
            String name,
            String unit,
            List<Double> runs,
            @Nullable Aim aim) {

        double median() {
            var sorted = runs.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }

        double least() {
            return runs.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        }

        double most() {
            return runs.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    /** What a figure should be. */
    record Aim(double value, boolean atMost) {

        static Aim atMost(double value) {
            return new Aim(value, true);
        }

        static Aim atLeast(double value) {
            return new Aim(value, false);
        }

        boolean isMet(double measured) {
            return atMost ? measured <= value : measured >= value;
        }

        String text() {
            return (atMost ? "≤ " : "≥ ") + number(value);
        }
    }

    /** Adds the value of one more run. */
    synchronized void add(String name, String unit, double value, @Nullable Aim aim) {
        byName.computeIfAbsent(name, _ -> new Figure(name, unit, new ArrayList<>(), aim))
                .runs()
                .add(value);
        progress.accept(name + ": " + number(value) + " " + unit);
    }

    void add(String name, String unit, double value) {
        add(name, unit, value, null);
    }

    /** Adds p50, p99 and the maximum of a run's times, in milliseconds. */
    void addTimes(String name, Times times, @Nullable Double aimP50, @Nullable Double aimP99) {
        add(name + ", p50", "ms", times.millis(0.50), aimP50 == null ? null : Aim.atMost(aimP50));
        add(name + ", p99", "ms", times.millis(0.99), aimP99 == null ? null : Aim.atMost(aimP99));
        add(name + ", max", "ms", times.millis(1));
    }

    /** The median of what was measured under this name. */
    synchronized double median(String name) {
        return measured(name).median();
    }

    /** What the last run said under this name. */
    synchronized double latest(String name) {
        return measured(name).runs().getLast();
    }

    private Figure measured(String name) {
        var figure = byName.get(name);
        if (figure == null) {
            throw new IllegalArgumentException("Expected that this was measured: " + name);
        }
        return figure;
    }

    synchronized List<Figure> all() {
        return List.copyOf(byName.values());
    }

    /** A Markdown table: the median of the runs, and how far they lie apart. */
    String table() {
        var text = new StringBuilder("| figure | median | least – most | aim |\n| --- | ---: | --- | --- |\n");
        for (var figure : all()) {
            var aim = figure.aim();
            text.append("| ")
                    .append(figure.name())
                    .append(" | ")
                    .append(number(figure.median()))
                    .append(' ')
                    .append(figure.unit())
                    .append(" | ")
                    .append(number(figure.least()))
                    .append(" – ")
                    .append(number(figure.most()))
                    .append(" | ")
                    .append(aim == null ? "" : aim.text() + (aim.isMet(figure.median()) ? " met" : " **missed**"))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
