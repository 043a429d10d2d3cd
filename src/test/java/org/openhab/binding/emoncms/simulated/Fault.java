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
package org.openhab.binding.emoncms.simulated;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Decides what becomes of a request, before the server looks at it. It is asked from several threads.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
public interface Fault {
    Outcome on(ReceivedRequest request);

    /**
     * For the next so many of these requests.
     */
    static Fault next(int count, Predicate<ReceivedRequest> affected, Outcome outcome) {
        AtomicInteger left = new AtomicInteger(count);
        return request -> affected.test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? outcome
                : Outcome.pass();
    }

    /**
     * For all these requests.
     */
    static Fault always(Predicate<ReceivedRequest> affected, Outcome outcome) {
        return request -> affected.test(request) ? outcome : Outcome.pass();
    }

    /**
     * Requests for a route such as {@code /feed/sync}.
     */
    static Predicate<ReceivedRequest> route(String route) {
        return request -> request.isFor(route);
    }
}
