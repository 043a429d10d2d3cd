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
package org.openhab.binding.emoncms.host;

import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What a meter of a house shows. Asked for one point after the other.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
interface DemoCurve {

    long DAY = 86_400;
    long YEAR = 365 * DAY;

    double at(long time, RandomGenerator random);

    /** From 0 at midnight to 1. */
    static double day(long time) {
        return Math.floorMod(time, DAY) / (double) DAY;
    }

    /** -1 in the middle of January, 1 in the middle of July. */
    static double season(long time) {
        return -Math.cos(2 * Math.PI * (Math.floorMod(time, YEAR) / (double) YEAR - 0.04));
    }

    /** A hill that is 1 at an hour of the day and vanishes some hours around it. */
    private static double hill(long time, double hour, double widthHours) {
        double distance = (day(time) * 24 - hour) / widthHours;
        return Math.exp(-distance * distance);
    }

    /** W, up to a peak at noon; each day has its clouds. */
    static DemoCurve solar(double peak) {
        return (time, random) -> {
            double height = Math.cos(2 * Math.PI * (day(time) - 0.5)) + 0.25 * season(time);
            double clouds = 0.35 + 0.65 * Math.abs(Math.sin(Math.floorDiv(time, DAY) * 2.4));
            return height <= 0 ? 0 : peak * clouds * Math.min(1, height) * (0.9 + 0.1 * random.nextDouble());
        };
    }

    /** W: a base, breakfast and dinner, now and then a kettle. */
    static DemoCurve house(double base) {
        return (time, random) -> base * (1 + 1.8 * hill(time, 7.5, 1.2) + 3.5 * hill(time, 19, 2))
                + (Math.floorMod(time / 180, 61) == 0 ? 2000 : 0) + 20 * random.nextGaussian();
    }

    /** W: runs 12 minutes of every so many, more of them in winter. */
    static DemoCurve heatPump(double power) {
        return (time, random) -> {
            long cycleSeconds = (long) (2700 + 1500 * season(time));
            return Math.floorMod(time, cycleSeconds) < 720 ? power + 15 * random.nextGaussian() : 6;
        };
    }

    /** W: on between two hours of every so many days. */
    static DemoCurve appliance(double power, int everyDays, double fromHour, double toHour) {
        return (time, random) -> {
            double hour = day(time) * 24;
            boolean isOn = Math.floorMod(time / DAY, everyDays) == 0 && hour >= fromHour && hour < toHour;
            return isOn ? power * (0.95 + 0.05 * random.nextDouble()) : 0;
        };
    }

    /** °C. */
    static DemoCurve temperature(double mean, double ofSeason, double ofDay) {
        return (time, random) -> Math.round(10 * (mean + ofSeason * season(time)
                - ofDay * Math.cos(2 * Math.PI * (day(time) - 0.1)) + 0.05 * random.nextGaussian())) / 10.0;
    }

    /** kWh since the first point, from a power in W. */
    static DemoCurve energy(DemoCurve power, long intervalSeconds) {
        double[] total = { 0 };
        return (time, random) -> total[0] += Math.max(0, power.at(time, random)) * intervalSeconds / 3.6e6;
    }

    /** The same with some hours without data every so many days. */
    default DemoCurve withGaps(int everyDays) {
        return (time, random) -> {
            double value = at(time, random);
            boolean isGap = Math.floorMod(time / DAY, everyDays) == 1 && day(time) > 0.12 && day(time) < 0.31;
            return isGap ? Double.NaN : value;
        };
    }
}
