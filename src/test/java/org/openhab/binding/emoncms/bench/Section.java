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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The figures of one goal, and what has to be said about them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Section {

    private final String title;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Section(String title) {
        this(title, "ours", "plain client");
    }

    /**
     * @param ours what the first column of figures is about
     * @param other the same of the second
     */
    Section(String title, String ours, String other) {
        this(title, List.of("figure", ours, other, "ratio", "goal", "met"));
    }

    /** Without goals. */
    Section(String title, List<String> head) {
        this.title = title;
        this.head = head;
    }

    List<String> head() {
        return head;
    }

    Section add(Row row) {
        return add(row.cells());
    }

    /**
     * @param cells as many as the head has
     */
    Section add(List<String> cells) {
        rows.add(cells);
        return this;
    }

    Section note(String note) {
        notes.add(note);
        return this;
    }

    String title() {
        return title;
    }

    List<List<String>> rows() {
        return rows;
    }

    List<String> notes() {
        return notes;
    }
}
