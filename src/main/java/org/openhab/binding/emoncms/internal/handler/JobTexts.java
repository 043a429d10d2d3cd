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

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.sync.JobReport;
import org.openhab.binding.emoncms.internal.sync.PointChange;

/**
 * What a job has done or would do, as text for a console or a log.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class JobTexts {

    private JobTexts() {
    }

    /** The first line sums up; of a repair, one for each point follows, up to a bound. */
    public static List<String> lines(JobReport report) {
        if (report instanceof JobReport.Repaired repaired) {
            return repaired(repaired);
        }
        if (report instanceof JobReport.Recreated recreated) {
            return List.of(recreated.isDryRun()
                    ? "The remote feed would be renamed to " + recreated.kept() + ", and " + recreated.npoints()
                            + " points would be uploaded to a new one."
                    : "The remote feed was renamed to " + recreated.kept() + "; " + recreated.npoints()
                            + " points are uploaded to a new one and compared. Delete the old one on the server when you need it no more.");
        }
        JobReport.DownloadedAnew download = (JobReport.DownloadedAnew) report;
        return List.of(download.npoints() + (download.isDryRun() ? " points would be" : " points are")
                + " downloaded to a new local feed " + download.target() + ".");
    }

    private static List<String> repaired(JobReport.Repaired report) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(report));
        report.changes().stream().map(JobTexts::line).forEach(lines::add);
        long untold = report.differing() - report.changes().size();
        if (untold > 0) {
            lines.add("and " + untold + " more");
        }
        return lines;
    }

    private static String summary(JobReport.Repaired report) {
        if (report.differing() == 0) {
            return "No point differs.";
        }
        String differing = report.differing() + (report.differing() == 1 ? " point differs, " : " points differ, ");
        long possible = report.differing() - report.impossible();
        if (report.isDryRun()) {
            return differing + possible + " would be changed on the server.";
        }
        return differing + possible + " were changed on the server: both sides are "
                + (report.isSame() ? "the same." : "still different.");
    }

    private static String line(PointChange change) {
        return change.time() + " " + value(change.remote()) + " -> " + value(change.local())
                + (change.isPossible() ? "" : " (cannot be changed)");
    }

    private static String value(float value) {
        return Float.isNaN(value) ? "no value" : String.valueOf(value);
    }
}
