/*
 * Copyright (c) 2026 Contributors to the Emoncms add-on for openHAB
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.emoncms.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What was measured in several rounds.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Samples {

    private final List<Double> values = new ArrayList<>();

    static Samples of(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }

    void add(double value) {
        values.add(value);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    int count() {
        return values.size();
    }

    long countAbove(double limit) {
        return values.stream().filter(value -> value > limit).count();
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    double min() {
        return values.stream().mapToDouble(value -> value).min().orElse(Double.NaN);
    }

    double max() {
        return values.stream().mapToDouble(value -> value).max().orElse(Double.NaN);
    }

    Samples map(DoubleUnaryOperator function) {
        return of(values.stream().mapToDouble(value -> function.applyAsDouble(value)).toArray());
    }

    /** Median, and least and greatest if there are more than one. */
    @Override
    public String toString() {
        return values.size() < 2 ? text(median()) : text(median()) + " (" + text(min()) + "–" + text(max()) + ")";
    }

    /** With three digits that count. */
    static String text(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return !Double.isFinite(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
