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

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * For an ANSI terminal: draws the table again and again on a screen of its own. What does not fit is counted in the
 * last line, feeds that are the same on both sides first; all of it is left on the normal screen at the end.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class LiveView implements View {

    private static final String ESC = "\u001b[";
    private static final String HOME = ESC + "H";
    private static final String CLEAR_LINE = ESC + "K";
    private static final String CLEAR_BELOW = ESC + "J";
    private static final String OWN_SCREEN = ESC + "?1049h" + ESC + "?25l";
    private static final String NORMAL_SCREEN = ESC + "?25h" + ESC + "?1049l";
    private static final int INDENT = 8;
    private static final String FOOTER = "help and Enter: commands, q and Enter: end";

    private final PrintStream out;
    private final Block head;
    private final ThingsTable table;
    private final TerminalSize size = new TerminalSize();
    private Block answer = new Block(Block.Tone.PLAIN, false, INDENT, List.of());

    LiveView(PrintStream out, List<String> places, ThingsTable table) {
        this.out = out;
        head = new Block(Block.Tone.PLAIN, false, INDENT, places);
        this.table = table;
        out.print(OWN_SCREEN);
    }

    @Override
    public void answer(String command, List<String> lines) {
        List<String> all = new ArrayList<>(List.of("> " + command));
        all.addAll(lines);
        answer = new Block(Block.Tone.PLAIN, false, INDENT, all);
    }

    @Override
    public void show() {
        size.refresh();
        List<Block> blocks = new ArrayList<>(wrapped());
        Block said = answer.wrap(size.columns());
        int rows = size.rows() - 3;
        Block shown = new Block(said.tone(), false, INDENT,
                said.lines().subList(0, Math.min(said.lines().size(), Math.max(0, rows / 2))));
        String footer = fit(blocks, rows - shown.lines().size());
        StringBuilder screen = new StringBuilder(HOME);
        blocks.forEach(block -> append(screen, block));
        screen.append(CLEAR_LINE).append('\n');
        append(screen, shown);
        screen.append(footer).append(CLEAR_LINE).append('\n').append(CLEAR_BELOW).append("> ");
        out.print(screen);
        out.flush();
    }

    private List<Block> wrapped() {
        return Stream.concat(Stream.of(head), table.blocks(size.columns()).stream())
                .map(block -> block.wrap(size.columns())).toList();
    }

    /**
     * Takes feeds away until the rest fits.
     *
     * @return the last line
     */
    private String fit(List<Block> blocks, int rows) {
        int same = remove(blocks, rows, true);
        int others = remove(blocks, rows, false);
        if (same + others == 0) {
            return FOOTER;
        }
        String whichOfThem = others == 0 ? ", all same" : same == 0 ? "" : ", " + same + " of them same";
        return FOOTER + " | " + (same + others) + " more feeds" + whichOfThem;
    }

    private static int remove(List<Block> blocks, int rows, boolean same) {
        int removed = 0;
        for (int i = blocks.size() - 1; i >= 0 && height(blocks) > rows; i--) {
            Block block = blocks.get(i);
            if (block.isFeed() && (block.tone() == Block.Tone.GOOD) == same) {
                blocks.remove(i);
                removed++;
            }
        }
        return removed;
    }

    private static int height(List<Block> blocks) {
        return blocks.stream().mapToInt(block -> block.lines().size()).sum();
    }

    private static void append(StringBuilder screen, Block block) {
        for (String line : block.lines()) {
            screen.append(ESC).append(block.tone().code()).append('m').append(line).append(ESC).append("0m")
                    .append(CLEAR_LINE).append('\n');
        }
    }

    @Override
    public void close() {
        size.refresh();
        StringBuilder all = new StringBuilder(NORMAL_SCREEN);
        wrapped().forEach(block -> append(all, block));
        out.print(all);
        out.flush();
    }
}
