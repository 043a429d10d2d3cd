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

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Everything that decides how a {@link Simulation} goes.
 *
 * @param seed also of the engine's random numbers
 * @param lateness how many seconds after its end the writer still writes the point of an interval
 * @param feeds so many are watched
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Schedule(long seed, Duration uploadInterval, Duration phase, int batchBytes, int lateness, int feeds,
        boolean openSlots, List<SimulationStep> steps) {

    Schedule withSteps(List<SimulationStep> steps) {
        return new Schedule(seed, uploadInterval, phase, batchBytes, lateness, feeds, openSlots, steps);
    }

    @Override
    public String toString() {
        return "seed %d, %d feeds, upload interval %s, phase %s, batches of %d bytes, points up to %d s late%s%n"
                .formatted(seed, feeds, uploadInterval, phase, batchBytes, lateness,
                        openSlots ? ", open slots shown" : "")
                + steps.stream().map(step -> "    " + step).collect(Collectors.joining(System.lineSeparator()));
    }
}
