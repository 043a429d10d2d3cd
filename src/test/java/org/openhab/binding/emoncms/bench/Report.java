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

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Prints sections as tables, for a terminal or in Markdown.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Report {

    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean markdown;

    Report(PrintStream out, boolean markdown) {
        this.out = out;
        this.markdown = markdown;
    }

    void line(String text) {
        if (markdown) {
            out.println(text + "\n");
        } else {
            wrap(text, "").forEach(out::println);
        }
        out.flush();
    }

    void print(Section section) {
        List<List<String>> table = new ArrayList<>();
        table.add(section.head());
        table.addAll(section.rows());
        List<Integer> columns = IntStream.range(0, section.head().size())
                .filter(column -> table.stream().skip(1).anyMatch(cells -> !cells.get(column).isEmpty())).boxed()
                .toList();
        table.replaceAll(cells -> columns.stream().map(cells::get).toList());
        out.println(markdown ? "### " + section.title() + "\n" : "\n" + section.title());
        if (markdown) {
            printMarkdown(table);
        } else {
            printAligned(table);
        }
        for (String note : section.notes()) {
            if (markdown) {
                out.println("- " + note);
            } else {
                wrap("- " + note, "  ").forEach(out::println);
            }
        }
        if (markdown && !section.notes().isEmpty()) {
            out.println();
        }
        out.flush();
    }

    private void printMarkdown(List<List<String>> table) {
        for (int i = 0; i < table.size(); i++) {
            out.println("| " + String.join(" | ", table.get(i)) + " |");
            if (i == 0) {
                out.println("| --- |" + " ---: |".repeat(table.get(i).size() - 1));
            }
        }
        out.println();
    }

    private void printAligned(List<List<String>> table) {
        int[] widths = new int[table.get(0).size()];
        table.forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        for (List<String> cells : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - cells.get(i).length());
                line.append(i == 0 ? cells.get(i) + padding : "  " + padding + cells.get(i));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static List<String> wrap(String text, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > WIDTH) {
            int space = rest.lastIndexOf(' ', WIDTH);
            int end = space > indent.length() ? space : WIDTH;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = indent + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines.stream().collect(Collectors.toList());
    }
}
