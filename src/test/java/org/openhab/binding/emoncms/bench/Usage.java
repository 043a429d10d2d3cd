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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * ---
 * What a stretch of work has taken.
 *
 * @param seconds by the clock
 * @param cpuSeconds of the whole process, of all its threads, with compiler and garbage collector
 * @param threadCpuSeconds of the threads of the program
 * @param allocatedBytes by all threads of the program
 * @param serverCpuSeconds not a number if the server is another one than the simulated
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Usage(double seconds, double cpuSeconds, double threadCpuSeconds, double allocatedBytes,
        double serverCpuSeconds) {

    static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    Usage plus(Usage other) {
        return new Usage(seconds + other.seconds, cpuSeconds + other.cpuSeconds,
                threadCpuSeconds + other.threadCpuSeconds, allocatedBytes + other.allocatedBytes,
                serverCpuSeconds + other.serverCpuSeconds);
    }
}
