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

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.host.Columns.Row;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * How the things are, as text: each bridge with its feeds.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ThingsTable {

    private static final int LONGEST_BAR = 20;
    private static final int SHORTEST_BAR = 4;
    private static final int PERCENT = 8;
    private static final int FEED_INDENT = 6;

    private final ThingHost host;
    private final StatusTexts texts;
    private final Clock clock;
    private final String full;
    private final String empty;

    /**
     * @param hasBlocks whether block characters can be shown
     */
    ThingsTable(ThingHost host, StatusTexts texts, Clock clock, boolean hasBlocks) {
        this.host = host;
        this.texts = texts;
        this.clock = clock;
        full = hasBlocks ? "█" : "#";
        empty = hasBlocks ? "░" : ".";
    }

    /**
     * @param width columns there are; bars become shorter to fit, longer lines are left to be wrapped
     */
    List<Block> blocks(int width) {
        Columns columns = new Columns(
                host.things().stream().filter(thing -> !(thing instanceof Bridge)).map(this::row).toList());
        int bar = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, width - columns.width() - PERCENT));
        List<Block> blocks = new ArrayList<>();
        for (Thing thing : host.things()) {
            if (thing instanceof Bridge bridge) {
                blocks.add(bridge(bridge));
                blocks.add(new Block(Block.Tone.PLAIN, false, FEED_INDENT, List.of(columns.head() + "uploaded")));
                columns.rows().stream().filter(row -> bridge.getUID().equals(row.thing().getBridgeUID()))
                        .forEach(row -> blocks.add(feed(columns, row, bar)));
            }
        }
        columns.rows().stream().filter(row -> row.thing().getBridgeUID() == null)
                .forEach(row -> blocks.add(feed(columns, row, bar)));
        return blocks;
    }

    /** One line for each bridge. */
    List<String> summary() {
        return host.things().stream().filter(Bridge.class::isInstance).map(this::summary).toList();
    }

    /** Counted from the feeds, which are told of at once; the bridge is told when a cycle has ended. */
    private String summary(Thing bridge) {
        Map<String, Long> states = host.things().stream().filter(thing -> bridge.getUID().equals(thing.getBridgeUID()))
                .collect(Collectors.groupingBy(feed -> new Reading(host, feed).text("sync-state"), TreeMap::new,
                        Collectors.counting()));
        String counts = states.entrySet().stream().map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        String text = texts.description(bridge.getStatusInfo());
        return bridge.getUID() + "  " + status(bridge) + "  " + counts + (text.isEmpty() ? "" : ". " + text);
    }

    private Block bridge(Thing bridge) {
        Reading reading = new Reading(host, bridge);
        String label = bridge.getLabel();
        List<String> lines = new ArrayList<>();
        lines.add((label == null ? "" : label + " ") + "(" + bridge.getUID() + ")  " + status(bridge));
        lines.add(String.format("  feeds %s, in sync %s, pending %s, uploaded %s, last upload %s, next upload %s%s",
                reading.count("feeds"), reading.count("feeds-in-sync"), reading.bytes("pending-data"),
                reading.bytes("uploaded-data"), reading.time("last-upload"),
                reading.timeUntil("next-upload", clock.instant()),
                "ON".equals(reading.text("paused")) ? ", paused" : ""));
        String text = texts.description(bridge.getStatusInfo());
        if (!text.isEmpty()) {
            lines.add("  " + text);
        }
        Block.Tone tone = bridge.getStatus() == ThingStatus.OFFLINE ? Block.Tone.BAD : Block.Tone.PLAIN;
        return new Block(tone, false, 2, lines);
    }

    private Row row(Thing thing) {
        Reading reading = new Reading(host, thing);
        return new Row(thing, List.of(name(thing), shortStatus(thing), reading.text("sync-state"),
                reading.count("local-points"), reading.count("remote-points")));
    }

    private static String name(Thing thing) {
        Configuration configuration = thing.getConfiguration();
        Object tag = configuration.get("tag");
        Object name = configuration.get("name");
        return tag == null || name == null ? thing.getUID().getAsString() : tag + ":" + name;
    }

    private static String status(Thing thing) {
        ThingStatusInfo info = thing.getStatusInfo();
        boolean hasDetail = info.getStatusDetail() != ThingStatusDetail.NONE;
        return info.getStatus() + (hasDetail ? " (" + info.getStatusDetail() + ")" : "");
    }

    /** Other details stand before the text. */
    private static String shortStatus(Thing thing) {
        ThingStatusInfo info = thing.getStatusInfo();
        return info.getStatus() + (info.getStatusDetail() == ThingStatusDetail.BRIDGE_OFFLINE ? " (bridge)" : "");
    }

    private String text(Thing thing) {
        ThingStatusInfo info = thing.getStatusInfo();
        String detail = switch (info.getStatusDetail()) {
            case NONE, BRIDGE_OFFLINE -> "";
            default -> info.getStatusDetail().toString();
        };
        String text = texts.description(info);
        return detail + (detail.isEmpty() || text.isEmpty() ? "" : ": ") + text;
    }

    private Block feed(Columns columns, Row row, int bar) {
        Reading reading = new Reading(host, row.thing());
        List<String> lines = new ArrayList<>();
        lines.add(columns.format(row) + progress(reading.number("progress"), bar));
        String text = text(row.thing());
        if (!text.isEmpty()) {
            lines.add(" ".repeat(FEED_INDENT) + text);
        }
        return new Block(tone(row.thing(), reading), true, FEED_INDENT, lines);
    }

    private static Block.Tone tone(Thing thing, Reading reading) {
        if (thing.getStatus() == ThingStatus.OFFLINE) {
            return Block.Tone.BAD;
        }
        return "same".equals(reading.text("sync-state")) ? Block.Tone.GOOD : Block.Tone.BUSY;
    }

    private String progress(@Nullable Double percent, int bar) {
        if (percent == null) {
            return "-";
        }
        int filled = (int) (percent / 100 * bar);
        return full.repeat(filled) + empty.repeat(bar - filled) + String.format(Locale.ENGLISH, " %5.1f %%", percent);
    }
}
