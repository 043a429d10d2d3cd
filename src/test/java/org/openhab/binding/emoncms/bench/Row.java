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
package org.openhab.binding.emoncms.bench;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * One figure beside that of another client and its goal; texts that do not apply are empty.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Row(String figure, String ours, String other, String ratio, String goal, Verdict verdict) {

    static Row of(String figure, String ours) {
        return new Row(figure, ours, "", "", "", Verdict.NO_GOAL);
    }

    static Row of(String figure, Samples ours) {
        return of(figure, ours.toString());
    }

    static Row of(String figure, Samples ours, Samples other) {
        return new Row(figure, ours.toString(), other.toString(), Samples.text(ours.median() / other.median()), "",
                Verdict.NO_GOAL);
    }

    /** A figure of something that is compared with, and not of the add-on. */
    static Row ofOther(String figure, String other) {
        return new Row(figure, "", other, "", "", Verdict.NO_GOAL);
    }

    Row withGoal(String goal, boolean isMet) {
        return new Row(figure, ours, other, ratio, goal, Verdict.of(isMet));
    }

    /** The median of this figure may be no more than so much. */
    static Row atMost(String figure, Samples ours, double goal) {
        return of(figure, ours).withGoal("≤ " + Samples.text(goal), ours.median() <= goal);
    }

    /** The median may be no more than a multiple of the other client's. */
    static Row atMostTimes(String figure, Samples ours, Samples other, double goal) {
        return of(figure, ours, other).withGoal("≤ " + Samples.text(goal) + " ×",
                ours.median() <= goal * other.median());
    }

    /** The median has to be at least so much of the other client's. */
    static Row atLeastTimes(String figure, Samples ours, Samples other, double goal) {
        return of(figure, ours, other).withGoal("≥ " + Samples.text(goal) + " ×",
                ours.median() >= goal * other.median());
    }

    List<String> cells() {
        return List.of(figure, ours, other, ratio, goal, verdict.toString());
    }
}
