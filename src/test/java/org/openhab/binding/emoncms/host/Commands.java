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

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.config.discovery.DiscoveryResult;

/**
 * What can be typed while the host runs: the console commands of the add-on as they are, and what openHAB's inbox can.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Commands {

    static final List<String> HELP = List.of("inbox                      feeds that have no thing",
            "add NUMBER | add all       make things of them", "scan                       look for feeds now",
            "events                     what the trigger channels have told",
            "servers, feeds, upload, download, verify, repair-plan, repair, recreate-remote,",
            "download-to-new-feed       as openhab:emoncms of the console; type upload x to see how",
            "q                          end");

    private final ThingHost host;

    Commands(ThingHost host) {
        this.host = host;
    }

    List<String> run(String line) {
        String[] words = line.split("\\s+");
        return switch (words[0]) {
            case "", "help" -> HELP;
            case "inbox" -> inbox();
            case "add" -> add(words.length > 1 ? words[1] : "");
            case "scan" -> scan();
            case "events" -> host.events().isEmpty() ? List.of("None yet.") : host.events();
            default -> host.run(words);
        };
    }

    private List<String> inbox() {
        List<String> lines = new ArrayList<>();
        List<DiscoveryResult> results = host.inbox();
        for (int i = 0; i < results.size(); i++) {
            lines.add((i + 1) + "  " + results.get(i).getLabel() + "  " + results.get(i).getThingUID());
        }
        return lines.isEmpty() ? List.of("The inbox is empty.") : lines;
    }

    private List<String> add(String which) {
        List<DiscoveryResult> results = host.inbox();
        if ("all".equals(which)) {
            host.approve(results);
            return List.of(results.size() + " things added.");
        }
        if (!which.matches("[1-9]\\d{0,5}") || Integer.parseInt(which) > results.size()) {
            return List.of("Name the feed by its number in the inbox, or all.");
        }
        DiscoveryResult result = results.get(Integer.parseInt(which) - 1);
        host.approve(List.of(result));
        return List.of(result.getThingUID() + " added.");
    }

    private List<String> scan() {
        host.scan();
        return List.of("The scan runs; see the inbox.");
    }
}
