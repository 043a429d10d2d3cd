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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Makes the schedule of a seed, always the same.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ScheduleGenerator {

    private static final int MOST_FEEDS = 4;
    private static final int MOST_STEPS = 24;
    private static final int MOST_REMOTE_POINTS = 300;
    private static final List<Duration> UPLOAD_INTERVALS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(30));
    private static final List<Integer> BATCH_BYTES = List.of(600, 2048, 16 << 10);
    private static final int OPEN_SLOTS_EACH = 3;
    private static final List<Duration> SKEWS = List.of(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(-5),
            Duration.ofHours(-5), Duration.ofMinutes(7), Duration.ofHours(3));
    private static final List<Duration> ADVANCES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(7),
            Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(7), Duration.ofMinutes(61));
    private static final List<InjectedFault> QUICK_FAULTS = Arrays.stream(InjectedFault.values())
            .filter(fault -> !fault.isSlow()).toList();
    private static final List<InjectedFault> SLOW_FAULTS = Arrays.stream(InjectedFault.values())
            .filter(InjectedFault::isSlow).toList();

    private final SplittableRandom random;
    private final int feeds;

    private ScheduleGenerator(long seed) {
        random = new SplittableRandom(seed);
        feeds = 1 + random.nextInt(MOST_FEEDS);
    }

    static Schedule schedule(long seed) {
        return new ScheduleGenerator(seed).schedule(seed, new ArrayList<>());
    }

    private Schedule schedule(long seed, List<SimulationStep> steps) {
        Duration interval = any(UPLOAD_INTERVALS);
        Duration phase = Duration.ofSeconds(random.nextLong(interval.toSeconds()));
        for (int feed = 0; feed < feeds; feed++) {
            steps.add(createLocal(feed));
        }
        if (random.nextBoolean()) {
            steps.add(new SimulationStep.Advance(Duration.ofSeconds(15)));
        }
        for (int i = 3 + random.nextInt(MOST_STEPS); i > 0; i--) {
            addSteps(steps);
        }
        return new Schedule(seed, interval, phase, any(BATCH_BYTES), random.nextInt(10), feeds,
                Math.floorMod(seed, OPEN_SLOTS_EACH) == 0, List.copyOf(steps));
    }

    private SimulationStep createLocal(int feed) {
        FeedKind kind = any(List.of(FeedKind.values()));
        return new SimulationStep.CreateLocal(feed, kind, random.nextInt(kind.mostPoints));
    }

    private void addSteps(List<SimulationStep> steps) {
        int feed = random.nextInt(feeds);
        int percent = random.nextInt(100);
        if (percent < 24) {
            steps.add(new SimulationStep.Advance(any(ADVANCES)));
        } else if (percent < 44) {
            steps.add(new SimulationStep.AppendLocal(feed, 1 << random.nextInt(8),
                    random.nextInt(4) == 0 ? random.nextInt(5) : 0));
        } else if (percent < 62) {
            steps.add(inject());
        } else if (percent < 65) {
            steps.add(new SimulationStep.Reject(feed, random.nextBoolean(), 1 + random.nextInt(8)));
        } else if (percent < 78) {
            steps.add(remoteStep(feed));
        } else if (percent < 84) {
            steps.add(localStep(feed));
        } else if (percent < 90) {
            addDownload(feed, steps);
        } else {
            steps.add(engineStep(feed));
        }
    }

    /** The remote feed is changed, and so is what it was downloaded to, perhaps in part. */
    private void addDownload(int feed, List<SimulationStep> steps) {
        if (random.nextInt(3) == 0) {
            steps.add(new SimulationStep.DeleteLocal(feed));
        }
        if (random.nextInt(3) == 0) {
            steps.add(new SimulationStep.CreateRemote(feed, any(List.of(FeedKind.values()))));
        }
        if (random.nextBoolean()) {
            steps.add(new SimulationStep.Advance(any(ADVANCES)));
        }
        if (random.nextBoolean()) {
            steps.add(new SimulationStep.AppendRemote(feed, 1 + random.nextInt(MOST_REMOTE_POINTS), false));
        }
        if (random.nextBoolean()) {
            steps.add(new SimulationStep.Inject(any(QUICK_FAULTS), Route.EXPORT, 1));
        }
        steps.add(new SimulationStep.Download(feed));
    }

    private SimulationStep inject() {
        InjectedFault fault = any(random.nextInt(40) == 0 ? SLOW_FAULTS : QUICK_FAULTS);
        Route route = random.nextInt(3) == 0 ? Route.SYNC : any(List.of(Route.values()));
        return new SimulationStep.Inject(fault, route, fault.isSlow() ? 1 : 1 + random.nextInt(3));
    }

    private SimulationStep remoteStep(int feed) {
        return switch (random.nextInt(7)) {
            case 0 -> new SimulationStep.ClearRemote(feed);
            case 1 -> new SimulationStep.DeleteRemote(feed);
            case 2 -> new SimulationStep.CreateRemote(feed, any(List.of(FeedKind.values())));
            case 3, 4 -> new SimulationStep.AppendRemote(feed, 1 + random.nextInt(40), true);
            case 5 -> new SimulationStep.AppendRemote(feed, 1 + random.nextInt(40), false);
            default -> new SimulationStep.ClearRemoteInCycle(feed);
        };
    }

    private SimulationStep localStep(int feed) {
        return switch (random.nextInt(5)) {
            case 0 -> new SimulationStep.ClearLocal(feed);
            case 1 -> new SimulationStep.DeleteLocal(feed);
            default -> createLocal(feed);
        };
    }

    private SimulationStep engineStep(int feed) {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextInt(4) == 0 ? new SimulationStep.StopServer() : new SimulationStep.UploadNow();
            case 1 -> new SimulationStep.StartServer();
            case 2, 3 -> new SimulationStep.RestartEngine();
            case 4 -> new SimulationStep.SkewClock(any(SKEWS));
            case 5 -> new SimulationStep.Pause(random.nextInt(3) == 0);
            case 6, 7 -> new SimulationStep.Download(feed);
            default -> new SimulationStep.UploadNow();
        };
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
