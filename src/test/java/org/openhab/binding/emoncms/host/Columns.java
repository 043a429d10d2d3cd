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
package org.openhab.binding.emoncms.host;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.thing.Thing;

/**
 * The rows of a table and how wide their columns have to be.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Columns(List<Row> rows) {

    private static final List<String> TITLES = List.of("feed", "status", "sync state", "here", "there");
    private static final List<Integer> NARROWEST = List.of(4, 6, 11, 7, 7);
    private static final int FIRST_NUMBER = 3;
    private static final String GAP = "  ";

    record Row(Thing thing, List<String> cells) {
    }

    String head() {
        return format(TITLES);
    }

    String format(Row row) {
        return format(row.cells());
    }

    private String format(List<String> cells) {
        StringBuilder line = new StringBuilder(GAP);
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(width(i) - cells.get(i).length());
            line.append(i < FIRST_NUMBER ? cells.get(i) + padding : padding + cells.get(i)).append(GAP);
        }
        return line.toString();
    }

    /** Of all columns with the gaps around them. */
    int width() {
        return head().length();
    }

    private int width(int column) {
        return Math.max(NARROWEST.get(column),
                rows.stream().mapToInt(row -> row.cells().get(column).length()).max().orElse(0));
    }
}
