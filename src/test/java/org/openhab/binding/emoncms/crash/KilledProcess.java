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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * A Java process that runs {@link KilledMain}, and what it has said so far.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class KilledProcess implements AutoCloseable {

    private static final String DEFECT = Steps.PROBLEM + " " + ProblemKind.INTERNAL.id();

    private record Watch(String line, CountDownLatch latch) {
    }

    private final Process process;
    private final Path errors;
    private final Thread reader;
    private final CountDownLatch working = new CountDownLatch(1);
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    /** Of each thread the steps it is in, the outermost first. */
    private final Map<String, Deque<String>> underWay = new ConcurrentHashMap<>();

    private KilledProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        reader = new Thread(this::read, "killed-process-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param errors gets what the process says to its standard error
     */
    static KilledProcess start(KilledJvm jvm, Path errors, String... arguments) throws IOException {
        Process process = new ProcessBuilder(jvm.command(List.of(arguments)))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start();
        return new KilledProcess(process, errors);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // closed with the process
        }
    }

    private void take(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case Steps.WORKING -> working.countDown();
            case Steps.BEGIN -> steps(words[1]).addLast(words[2]);
            case Steps.END -> steps(words[1]).pollLast();
            default -> problems.add(line);
        }
        watches.stream().filter(watch -> watch.line().equals(line)).forEach(watch -> watch.latch().countDown());
    }

    private Deque<String> steps(String thread) {
        return underWay.computeIfAbsent(thread, key -> new ArrayDeque<>());
    }

    /** Opens when the process has begun to work. */
    CountDownLatch working() {
        return working;
    }

    /** Opens when a thread begins a step for so many times. */
    CountDownLatch steps(String thread, String step, int count) {
        CountDownLatch latch = new CountDownLatch(count);
        watches.add(new Watch(Steps.BEGIN + " " + thread + " " + step, latch));
        return latch;
    }

    /**
     * Kills the process without a chance to do anything more.
     *
     * @throws AssertionError if it has ended before
     */
    void kill() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("The process has ended by itself: " + Files.readString(errors));
        }
        process.destroyForcibly();
        process.waitFor();
        reader.join();
    }

    /** Lets the process end by itself. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }

    boolean hasWorked() {
        return working.getCount() == 0;
    }

    /** What the thread of the process was doing, at last. */
    Optional<String> step(String thread) {
        return Optional.ofNullable(steps(thread).peekFirst());
    }

    List<String> problems() {
        return problems;
    }

    /**
     * @throws AssertionError if an exception has come that nobody had expected
     */
    void requireNoDefect() throws IOException {
        assertThat(problems).noneMatch(problem -> problem.startsWith(DEFECT));
        assertThat(errors).content().doesNotContain("Exception");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
