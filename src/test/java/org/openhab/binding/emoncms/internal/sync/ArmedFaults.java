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
package org.openhab.binding.emoncms.internal.sync;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.faults.Passage;
import org.openhab.binding.emoncms.faults.Traffic;
import org.openhab.binding.emoncms.simulated.Outcome;

/**
 * The faults that wait for requests to hit, the oldest first.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ArmedFaults implements Traffic {

    private static final int MOST_REQUESTS = 10_000;

    private final List<SimulationStep.Inject> armed = new ArrayList<>();
    private final Map<InjectedFault, Integer> hits = new EnumMap<>(InjectedFault.class);
    private Outcome outcome = Outcome.pass();
    private int requests;

    synchronized void arm(SimulationStep.Inject fault) {
        armed.add(fault);
    }

    synchronized void clear() {
        armed.clear();
    }

    @Override
    public synchronized Passage passage(String target) {
        requests++;
        outcome = Outcome.pass();
        if (hasTooManyRequests()) {
            return new Passage.Refused();
        }
        for (int i = 0; i < armed.size(); i++) {
            SimulationStep.Inject next = armed.get(i);
            if (next.route().matches(target)) {
                armed.remove(i);
                if (next.times() > 1) {
                    armed.add(i, new SimulationStep.Inject(next.fault(), next.route(), next.times() - 1));
                }
                hits.merge(next.fault(), 1, Integer::sum);
                outcome = next.fault().outcome;
                return next.fault().passage;
            }
        }
        return new Passage.Whole();
    }

    /** What the server has to do with the request that was let through last. */
    synchronized Outcome outcome() {
        return outcome;
    }

    synchronized boolean hasTooManyRequests() {
        return requests > MOST_REQUESTS;
    }

    synchronized int requests() {
        return requests;
    }

    synchronized Map<InjectedFault, Integer> hits() {
        return Map.copyOf(hits);
    }
}
