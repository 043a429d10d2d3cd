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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A server that was started for the benchmark, whose CPU time is not the client's.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ServerProcess implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final double NANOS = 1e9;
    private static final int END_SECONDS = 10;

    private final Process process;
    private final Target target;

    /** A simulated Emoncms. */
    static ServerProcess emoncms(Path directory) throws IOException {
        return new ServerProcess(ServerMain.class, directory.toString());
    }

    static ServerProcess sink() throws IOException {
        return new ServerProcess(SinkMain.class);
    }

    private ServerProcess(Class<?> main, String... arguments) throws IOException {
        process = ChildJvm.start(main, OPTIONS, arguments);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The server does not start");
        }
        String[] parts = line.split(" ");
        target = Target.of(parts[0], parts[1]);
    }

    Target target() {
        return target;
    }

    /** Used so far. */
    double cpuSeconds() {
        return process.toHandle().info().totalCpuDuration().map(cpu -> cpu.toNanos() / NANOS).orElse(Double.NaN);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
