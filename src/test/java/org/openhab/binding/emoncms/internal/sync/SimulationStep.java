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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Something that happens between two cycles of a {@link Simulation}. Each can happen at any time; it does nothing where
 * it makes no sense. Feeds are named by a number.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
sealed interface SimulationStep {

    record CreateLocal(int feed, FeedKind kind, int points) implements SimulationStep {
    }

    /**
     * @param gap so many intervals before the points stay without data
     */
    record AppendLocal(int feed, int points, int gap) implements SimulationStep {
    }

    record ClearLocal(int feed) implements SimulationStep {
    }

    record DeleteLocal(int feed) implements SimulationStep {
    }

    record ClearRemote(int feed) implements SimulationStep {
    }

    record DeleteRemote(int feed) implements SimulationStep {
    }

    /** Takes the place of what is there. */
    record CreateRemote(int feed, FeedKind kind) implements SimulationStep {
    }

    /**
     * @param same whether the points are those of the local writer
     */
    record AppendRemote(int feed, int points, boolean same) implements SimulationStep {
    }

    /** Before the next batch reaches the server, the feed is cleared there. */
    record ClearRemoteInCycle(int feed) implements SimulationStep {
    }

    /**
     * The server takes no batch with this feed.
     *
     * @param named whether it says which feed it does not take
     * @param times so often
     */
    record Reject(int feed, boolean named, int times) implements SimulationStep {
    }

    /**
     * @param times how many requests for the route it hits
     */
    record Inject(InjectedFault fault, Route route, int times) implements SimulationStep {
    }

    record StopServer() implements SimulationStep {
    }

    record StartServer() implements SimulationStep {
    }

    record RestartEngine() implements SimulationStep {
    }

    /** Sets the clock of the engine wrong by so much. */
    record SkewClock(Duration skew) implements SimulationStep {
    }

    record Advance(Duration duration) implements SimulationStep {
    }

    record UploadNow() implements SimulationStep {
    }

    record Download(int feed) implements SimulationStep {
    }

    record Pause(boolean paused) implements SimulationStep {
    }
}
