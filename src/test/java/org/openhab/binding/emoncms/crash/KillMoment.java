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

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * When a process is killed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
sealed interface KillMoment {

    /** What does not come by then comes no more: nothing is left to do. */
    Duration LONGEST = Duration.ofMillis(400);
    /** How long a start takes at most on a machine that has much else to do. */
    Duration LONGEST_START = Duration.ofSeconds(60);
    /** The answer to the request at which a process is killed may come before or after. */
    Duration ANSWER_DELAY = Duration.ofMillis(4);

    record AfterStart(Duration delay) implements KillMoment {

        @Override
        public void await(KilledProcess process, SimulatedEmoncms emoncms) {
            LockSupport.parkNanos(delay.toNanos());
        }
    }

    record AfterWorkBegan(Duration delay) implements KillMoment {

        @Override
        public void await(KilledProcess process, SimulatedEmoncms emoncms) throws InterruptedException {
            KillMoment.awaitWork(process);
            LockSupport.parkNanos(delay.toNanos());
        }
    }

    record AtRequest(String route, int count, Duration delay) implements KillMoment {

        @Override
        public void await(KilledProcess process, SimulatedEmoncms emoncms) throws InterruptedException {
            CountDownLatch latch = new CountDownLatch(count);
            emoncms.fault(request -> {
                if (latch.getCount() > 0 && request.isFor(route)) {
                    latch.countDown();
                    return latch.getCount() == 0 ? Outcome.delay(ANSWER_DELAY) : Outcome.pass();
                }
                return Outcome.pass();
            });
            KillMoment.await(process, latch, delay);
            emoncms.clearFaults();
        }
    }

    record AtStep(String thread, String step, int count, Duration delay) implements KillMoment {

        @Override
        public void await(KilledProcess process, SimulatedEmoncms emoncms) throws InterruptedException {
            KillMoment.await(process, process.steps(thread, step, count), delay);
        }
    }

    /** Returns when the process is to be killed. */
    void await(KilledProcess process, SimulatedEmoncms emoncms) throws InterruptedException;

    private static void await(KilledProcess process, CountDownLatch latch, Duration delay) throws InterruptedException {
        awaitWork(process);
        if (latch.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
            LockSupport.parkNanos(delay.toNanos());
        }
    }

    private static void awaitWork(KilledProcess process) throws InterruptedException {
        if (!process.working().await(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The process has not begun to work");
        }
    }

    static KillMoment random(RandomGenerator random) {
        return switch (random.nextInt(20)) {
            case 0 -> new AfterStart(upTo(800, random));
            case 1, 2, 3, 4 -> new AfterWorkBegan(upTo(400, random));
            case 5, 6 -> atRequest("/feed/sync", 6, random);
            case 7 -> atRequest("/feed/create", 2, random);
            case 8 -> atRequest("/feed/export", 4, random);
            case 9 -> new AtStep(Steps.WORKER, "local.stage", random.nextInt(1, 6), upTo(10, random));
            case 10, 11, 12 -> new AtStep(Steps.WRITER, "local.create", random.nextInt(1, 4), upTo(4, random));
            case 13 -> new AtStep(Steps.WRITER, "local.append", random.nextInt(1, 30), upTo(2, random));
            default -> new AtStep(Steps.WORKER, "local.takeOver", random.nextInt(1, 5), upTo(5, random));
        };
    }

    private static KillMoment atRequest(String route, int most, RandomGenerator random) {
        return new AtRequest(route, random.nextInt(1, most + 1), upTo(8, random));
    }

    private static Duration upTo(int millis, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(millis)));
    }
}
