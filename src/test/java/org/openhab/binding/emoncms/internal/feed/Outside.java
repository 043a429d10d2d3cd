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
package org.openhab.binding.emoncms.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What has to hold of everything that comes from a server, a file or a user: it is taken, or it becomes a problem whose
 * text can be shown anywhere.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class Outside {

    /** An argument is cut there; the sign that says so comes on top. */
    public static final int MAX_ARGUMENT = 160;

    /**
     * Reads something from outside.
     */
    @FunctionalInterface
    public interface Reading {
        void run() throws ProblemException, InterruptedException;
    }

    private Outside() {
    }

    /** Any other exception than a problem goes through. */
    public static void isTakenOrRefused(Reading reading) {
        try {
            reading.run();
        } catch (ProblemException e) {
            assertClean(e.problem());
            assertThat(e).hasMessage(e.problem().toString());
        } catch (InterruptedException e) {
            throw new AssertionError("nobody has interrupted", e);
        }
    }

    public static void assertClean(Problem problem) {
        problem.arguments().forEach(Outside::assertClean);
    }

    private static void assertClean(String argument) {
        assertThat(argument.length()).isLessThanOrEqualTo(MAX_ARGUMENT + 1);
        argument.codePoints().forEach(
                character -> assertThat(isPrintable(character)).as("U+%04X in %s", character, argument).isTrue());
    }

    public static boolean isPrintable(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
