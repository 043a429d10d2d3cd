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

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The program behind {@code ./bench}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class Main {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_OPTIONS = 2;

    private final PrintStream out;
    private final PrintStream err;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String... arguments) {
        Main main = new Main(stream(FileDescriptor.out), stream(FileDescriptor.err));
        System.exit(main.run(List.of(arguments)));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static Map<Integer, Goal> goals() {
        Map<Integer, Goal> goals = new LinkedHashMap<>();
        ManyFeeds many = new ManyFeeds();
        goals.put(1, new BulkGoal());
        goals.put(2, new ResourcesGoal());
        goals.put(3, new IdleGoal(many));
        goals.put(4, new IncrementGoal());
        goals.put(5, new ListGoal(many));
        goals.put(6, new DownloadGoal());
        goals.put(7, new StartGoal());
        goals.put(8, new LatencyGoal());
        goals.put(9, new FairnessGoal());
        goals.put(Options.DATA, new DataGoal());
        return goals;
    }

    private int run(List<String> arguments) {
        try {
            Options options = Options.parse(arguments, System.getenv());
            if (options.help()) {
                out.print(Options.HELP);
                return DONE;
            }
            try (Site site = new Site(options)) {
                measureOrGiveUp(site, new Report(out, options.markdown()));
            }
            return DONE;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("./bench --help shows the options");
            return WRONG_OPTIONS;
        } catch (IOException e) {
            err.println("Cannot measure: " + e.getMessage());
            return FAILED;
        } catch (Exception e) {
            e.printStackTrace(err);
            return FAILED;
        }
    }

    private static void measureOrGiveUp(Site site, Report report) throws Exception {
        try {
            measure(site, report);
        } catch (Exception e) {
            if (site.isGivenUp()) {
                throw new IOException("stopped from outside", e);
            }
            throw e;
        }
    }

    private static void measure(Site site, Report report) throws Exception {
        Options options = site.options();
        Runtime runtime = Runtime.getRuntime();
        report.line(String.format("%s, JDK %s on %d processors of %s, rounds: %d%s; median (least–greatest)",
                options.target() == null ? "Simulated server" : "Server at " + site.target().url(), Runtime.version(),
                runtime.availableProcessors(), System.getProperty("os.arch"), options.rounds(),
                options.quick() ? ", quick, which allows no conclusions" : ""));
        for (Map.Entry<Integer, Goal> goal : goals().entrySet()) {
            if (options.has(goal.getKey())) {
                for (Section section : goal.getValue().measure(site)) {
                    report.print(section);
                }
            }
        }
    }
}
