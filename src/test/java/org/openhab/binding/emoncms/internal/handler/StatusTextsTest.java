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
package org.openhab.binding.emoncms.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.core.thing.ThingStatusDetail;

/**
 * Problems in the syntax of openHAB's thing status, which splits arguments at commas and has no escapes.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class StatusTextsTest {

    @Test
    void aProblemWithoutArgumentsIsAKey() {
        assertThat(StatusTexts.description(Problem.of(ProblemKind.URL_INVALID))).isEqualTo("@text/problem.url-invalid");
    }

    @Test
    void argumentsFollowTheKey() {
        assertThat(StatusTexts.description(Problem.of(ProblemKind.SERVER_ERROR, "host", 500)))
                .isEqualTo("@text/problem.server-error [\"host\", \"500\"]");
    }

    @Test
    void anArgumentCannotBecomeTwoOrVanishOrBeTranslated() {
        assertThat(StatusTexts.description(Problem.of(ProblemKind.REFUSED, "a, b [c] \"d\"", "", "@text/x")))
                .isEqualTo("@text/problem.refused [\"a; b (c) 'd'\", \"-\", \"-@text/x\"]");
    }

    @Test
    void whatTheAddOnRetriesIsACommunicationError() {
        assertThat(StatusTexts.detail(Problem.of(ProblemKind.TIMEOUT, "host", "")))
                .isEqualTo(ThingStatusDetail.COMMUNICATION_ERROR);
        assertThat(StatusTexts.detail(Problem.of(ProblemKind.LOCKED_OUT, "host", "")))
                .isEqualTo(ThingStatusDetail.COMMUNICATION_ERROR);
    }

    @Test
    void whatTheUserHasToChangeIsAConfigurationError() {
        assertThat(StatusTexts.detail(Problem.of(ProblemKind.KEY_REFUSED, "host")))
                .isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
        assertThat(StatusTexts.detail(Problem.of(ProblemKind.META_DAMAGED, "file", 15, 16)))
                .isEqualTo(ThingStatusDetail.CONFIGURATION_ERROR);
    }
}
