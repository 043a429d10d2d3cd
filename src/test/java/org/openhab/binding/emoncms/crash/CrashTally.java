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
package org.openhab.binding.emoncms.crash;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Counts kills by what was under way.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class CrashTally {

    private int kills;
    private int pending;
    private long abandoned;
    private final Map<String, Integer> ofWorker = new TreeMap<>();
    private final Map<String, Integer> ofWriter = new TreeMap<>();

    synchronized void add(KilledProcess process, LocalFiles left) {
        kills++;
        pending += left.hasPending() ? 1 : 0;
        ofWorker.merge(process.hasWorked() ? process.step(Steps.WORKER).map(CrashTally::phase).orElse("idle") : "start",
                1, Integer::sum);
        process.step(Steps.WRITER).ifPresent(step -> ofWriter.merge(phase(step), 1, Integer::sum));
    }

    private static String phase(String step) {
        return switch (step) {
            case "local.takeOver" -> "take-over";
            case "local.stage" -> "staging";
            case "local.create" -> "create";
            case "local.append" -> "append";
            case "remote.export" -> "download";
            case "remote.append" -> "upload";
            case "remote.create" -> "remote create";
            default -> "compare";
        };
    }

    synchronized void ended(LocalFiles left) throws IOException {
        abandoned += left.abandoned();
    }

    synchronized int kills() {
        return kills;
    }

    private static String list(Map<String, Integer> phases) {
        return phases.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    @Override
    public synchronized String toString() {
        return "Survived " + kills + " kills; engine: " + list(ofWorker) + "; recorder: " + list(ofWriter) + "; "
                + pending + " take-overs ended after a restart, " + abandoned + " numbers of feeds lost";
    }
}
