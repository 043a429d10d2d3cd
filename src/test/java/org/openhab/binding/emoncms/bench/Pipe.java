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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Carries the bytes of one connection in one direction: a thread takes them in, another hands them out when they
 * arrive.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Pipe {

    /** Is told of the bytes of one direction, in their order. */
    @FunctionalInterface
    interface Observer {

        void passed(byte[] bytes, int length);
    }

    /** Without bytes it is the end. */
    private record Chunk(byte[] bytes, long dueNanos) {
    }

    private final Socket from;
    private final Socket to;
    private final Line line;
    private final LinkSpeed speed;
    private final Observer sent;
    private final Observer arrived;
    private final Deque<Chunk> underWay = new ArrayDeque<>();
    private int bytesUnderWay;
    private boolean closed;

    /**
     * @param sent told when bytes are taken in
     * @param arrived told when they are handed out
     */
    Pipe(Socket from, Socket to, Line line, LinkSpeed speed, Observer sent, Observer arrived) {
        this.from = from;
        this.to = to;
        this.line = line;
        this.speed = speed;
        this.sent = sent;
        this.arrived = arrived;
    }

    void start() {
        startThread(this::takeIn);
        startThread(this::handOut);
    }

    static void startThread(Runnable task) {
        Thread thread = new Thread(task, "bench-link");
        thread.setDaemon(true);
        thread.start();
    }

    private void takeIn() {
        byte[] buffer = new byte[speed.chunkBytes()];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sent.passed(buffer, read);
                put(new Chunk(Arrays.copyOf(buffer, read), line.send(read)));
            }
        } catch (IOException e) {
            // a lost connection ends, too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private synchronized void put(Chunk chunk) throws InterruptedException {
        while (bytesUnderWay > speed.queueBytes() && !closed) {
            wait();
        }
        bytesUnderWay += chunk.bytes().length;
        underWay.add(chunk);
        notifyAll();
    }

    private synchronized void end() {
        underWay.add(new Chunk(new byte[0], line.send(0)));
        notifyAll();
    }

    private synchronized Chunk take() throws InterruptedException {
        while (underWay.isEmpty()) {
            wait();
        }
        return underWay.element();
    }

    private synchronized void remove(Chunk chunk) {
        underWay.remove();
        bytesUnderWay -= chunk.bytes().length;
        notifyAll();
    }

    private void handOut() {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = take(); chunk.bytes().length > 0; chunk = take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.dueNanos() - System.nanoTime());
                out.write(chunk.bytes());
                arrived.passed(chunk.bytes(), chunk.bytes().length);
                remove(chunk);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        for (Socket socket : new Socket[] { from, to }) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is of no use any more
            }
        }
    }
}
