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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Takes away from a list what is not needed for a failure.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Shrinking {

    private static final int MOST_ATTEMPTS = 1000;

    private Shrinking() {
    }

    /**
     * @param fails true of the whole list
     * @return a list that fails too, and mostly does not if any one element is taken away
     */
    static <T> List<T> shortest(List<T> elements, Predicate<List<T>> fails) {
        List<T> shortest = elements;
        int attempts = 0;
        int chunk = Math.max(1, elements.size() / 2);
        while (chunk > 0) {
            boolean isShorter = false;
            int start = 0;
            while (start < shortest.size() && attempts < MOST_ATTEMPTS) {
                List<T> shorter = new ArrayList<>(shortest.subList(0, start));
                shorter.addAll(shortest.subList(Math.min(shortest.size(), start + chunk), shortest.size()));
                attempts++;
                if (fails.test(shorter)) {
                    shortest = List.copyOf(shorter);
                    isShorter = true;
                } else {
                    start += chunk;
                }
            }
            if (!isShorter || chunk > 1) {
                chunk /= 2;
            }
        }
        return shortest;
    }
}
