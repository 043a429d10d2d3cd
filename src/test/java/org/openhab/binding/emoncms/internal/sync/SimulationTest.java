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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The engine against everything that can happen to it, in random order. A failure tells its seed, which alone makes it
 * happen again ({@code -Dsimulation.seed=… -Dsimulation.schedules=1}), and the shortest schedule that shows it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 2500);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);
    private static final int THREADS = 2;

    private record Failure(Schedule schedule, Violation violation) {
    }

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger cycles = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<InjectedFault, Integer> hits = new EnumMap<>(InjectedFault.class);
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    @Test
    void whateverHappensBothSidesEndTheSameAndNothingFalseIsSaid() throws Exception {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    runSchedules();
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Failure failure = this.failure.get();
        LoggerFactory.getLogger("figures").info("{} schedules in {} s, {} cycles, {} requests, faults {}",
                Math.min(begun.get(), SCHEDULES), Duration.ofNanos(System.nanoTime() - start).toSeconds(), cycles.get(),
                requests.get(), hits);
        if (failure != null) {
            fail(described(failure));
        }
    }

    private void runSchedules() throws Exception {
        try (SimulationRig rig = new SimulationRig()) {
            for (int i = begun.getAndIncrement(); i < SCHEDULES && failure.get() == null; i = begun.getAndIncrement()) {
                Schedule schedule = ScheduleGenerator.schedule(FIRST_SEED + i);
                Optional<Violation> violation = run(rig, schedule);
                if (violation.isPresent() && failure.compareAndSet(null, new Failure(schedule, violation.get()))) {
                    failure.set(shrunk(rig, schedule, violation.get()));
                }
            }
        }
    }

    private Optional<Violation> run(SimulationRig rig, Schedule schedule) throws Exception {
        Simulation simulation = new Simulation(rig, schedule);
        Optional<Violation> violation = simulation.run();
        cycles.addAndGet(simulation.cycles());
        requests.addAndGet(simulation.faults().requests());
        synchronized (hits) {
            simulation.faults().hits().forEach((fault, count) -> hits.merge(fault, count, Integer::sum));
        }
        return violation;
    }

    private static Failure shrunk(SimulationRig rig, Schedule schedule, Violation violation) {
        AtomicReference<Violation> last = new AtomicReference<>(violation);
        List<SimulationStep> steps = Shrinking.shortest(schedule.steps(), shorter -> {
            Optional<Violation> again = violation(rig, schedule.withSteps(shorter))
                    .filter(found -> found.check() == violation.check());
            again.ifPresent(last::set);
            return again.isPresent();
        });
        return new Failure(schedule.withSteps(steps), last.get());
    }

    private static Optional<Violation> violation(SimulationRig rig, Schedule schedule) {
        try {
            return new Simulation(rig, schedule).run();
        } catch (Exception e) {
            return Optional.of(new Violation(Violation.Check.DEFECT, e.toString()));
        }
    }

    private static String described(Failure failure) {
        return "%s: %s%n%s".formatted(failure.violation().check(), failure.violation().details(), failure.schedule());
    }

    @Test
    void aSeedAlwaysMakesTheSameSchedule() {
        assertThat(ScheduleGenerator.schedule(7)).isEqualTo(ScheduleGenerator.schedule(7))
                .isNotEqualTo(ScheduleGenerator.schedule(8));
    }

    @Test
    void aFailureIsShrunkToWhatItNeeds() {
        List<Integer> elements = IntStream.range(0, 40).boxed().toList();

        assertThat(Shrinking.shortest(elements, list -> list.containsAll(List.of(3, 17, 18, 39)))).containsExactly(3,
                17, 18, 39);
    }
}
