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

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

import org.eclipse.jdt.annotation.NonNullByDefault;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Measures what this process and the simulated server take from now on.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Meter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final double NANOS = 1e9;

    private final DoubleSupplier serverCpuSeconds;
    private final double serverCpuBefore;
    private final Map<Long, Long> allocated = allocatedBytes();
    private final Map<Long, Long> threadCpuNanos = threadCpuNanos();
    private final long cpuNanos = SYSTEM.getProcessCpuTime();
    private final long startNanos = System.nanoTime();

    /**
     * @param serverCpuSeconds what the server has used so far
     */
    Meter(DoubleSupplier serverCpuSeconds) {
        this.serverCpuSeconds = serverCpuSeconds;
        serverCpuBefore = serverCpuSeconds.getAsDouble();
    }

    private static Map<Long, Long> allocatedBytes() {
        long[] ids = THREADS.getAllThreadIds();
        return byThread(ids, THREADS.getThreadAllocatedBytes(ids));
    }

    private static Map<Long, Long> threadCpuNanos() {
        long[] ids = THREADS.getAllThreadIds();
        return byThread(ids, THREADS.getThreadCpuTime(ids));
    }

    private static double more(Map<Long, Long> after, Map<Long, Long> before) {
        return after.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L)).sum();
    }

    private static Map<Long, Long> byThread(long[] ids, long[] amounts) {
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, amounts[i]));
        }
        return byThread;
    }

    /** Threads that have ended since the start do not count, so it has to be called before. */
    Usage read() {
        double seconds = (System.nanoTime() - startNanos) / NANOS;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuNanos) / NANOS;
        double threadCpuSeconds = more(threadCpuNanos(), threadCpuNanos) / NANOS;
        double bytes = more(allocatedBytes(), allocated);
        return new Usage(seconds, cpuSeconds, threadCpuSeconds, bytes,
                serverCpuSeconds.getAsDouble() - serverCpuBefore);
    }

    /** CPU time of this thread, more exact than that of the process. */
    static double threadCpuSeconds() {
        return THREADS.getCurrentThreadCpuTime() / NANOS;
    }
}
