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

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Finds out in how small a heap something can be done.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SmallestHeap {

    private static final int LEAST_MEBIBYTES = 4;
    private static final int MOST_MEBIBYTES = 256;
    private static final int LONGEST_SECONDS = 60;

    /** Another attempt with this heap. */
    @FunctionalInterface
    interface Arguments {

        /** Task, and what it needs; the files may have to be made anew. */
        String[] get() throws IOException;
    }

    private SmallestHeap() {
    }

    /** In MiB. */
    static int of(Target target, HeapProbe.Task task, Arguments arguments) throws IOException, InterruptedException {
        int tooSmall = LEAST_MEBIBYTES;
        int enough = MOST_MEBIBYTES;
        while (enough - tooSmall > 1) {
            int middle = (tooSmall + enough) / 2;
            if (middle > 2 * tooSmall) {
                middle = 2 * tooSmall;
            }
            if (suffices(middle, target, task, arguments.get())) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private static boolean suffices(int mebibytes, Target target, HeapProbe.Task task, String... arguments)
            throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 3];
        all[0] = task.name();
        all[1] = target.url().toString();
        all[2] = target.key();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        Process process = ChildJvm.startQuietly(HeapProbe.class,
                List.of("-Xmx" + mebibytes + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"), all);
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
