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
import org.junit.jupiter.api.Test;

/**
 * What a server or a file says is cleaned before it is shown.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ProblemTest {

    @Test
    void controlCharactersAndDirectionMarksAreTakenOut() {
        assertThat(Problem.of(ProblemKind.REFUSED, "a\u0000b\r\nc\u202Ed\u001B[31m").arguments())
                .containsExactly("a b c d [31m");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Problem.of(ProblemKind.REFUSED, "x".repeat(100_000)).arguments().get(0)).hasSizeLessThan(200)
                .endsWith("…");
    }
}
