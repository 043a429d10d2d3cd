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

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * What the command line says.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Options {

    static final String KEY_VARIABLE = "EMONCMS_APIKEY";
    static final String HELP = """
            usage: ./bench [options]        the add-on against a plain HTTP client, from end to end
                   ./bench jmh [arguments]  the JMH benchmarks of hot paths; a regular expression
                                            chooses some, -h shows JMH's own options

            Uploads, downloads and compares made-up feeds with the add-on's engine and prints what
            that takes, beside a plain HTTP client that keeps its connection and sends the same
            bodies to the same server in the same run. The server is a simulated one in a process
            of its own. All feeds that are made on a server have a tag that begins with "bench-"
            and are deleted at the end.

              --goals 1,2,...      only these
                                     1, 2  bulk upload: time, CPU, allocation
                                     3     cycles with nothing to do
                                     4     small increments
                                     5     list of many feeds
                                     6     download
                                     7     start with many things
                                     8     links with latency
                                     9     fairness
                                     data  what uploads transfer in a month, by their interval
              --rounds N           rounds of each measurement (5)
              --quick              small sizes, to see that it works
              --markdown           print Markdown
              --url URL            use this Emoncms server; needs its write API key
              --apikey KEY         the key; better set the variable EMONCMS_APIKEY, which
                                   other users of this machine cannot see
              --reference COMMAND  time this shell command in the rounds of goals 1 and 8 as well; it
                                   has to upload all feeds of $FEEDS_DIRECTORY, which holds feeds.json
                                   and phpfina/, to $EMONCMS_URL with the key $EMONCMS_APIKEY
              --netem MS           the server of --url is behind a link with this round trip, such
                                   as one of tc netem: goal 8 measures what it has for that round
                                   trip, 40 or 600, without a link of its own
              --help               show this
            """;

    /** No goal, but chosen like one. */
    static final int DATA = 10;
    private static final String DATA_NAME = "data";
    private static final Set<Integer> ALL_GOALS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, DATA);
    private static final int MAX_ROUNDS = 100;
    private static final int ROUNDS = 5;

    private boolean help;
    private boolean quick;
    private boolean markdown;
    private Set<Integer> goals = ALL_GOALS;
    private int rounds = ROUNDS;
    private int netemMillis;
    private @Nullable String reference;
    private @Nullable String url;
    private @Nullable String key;

    private Options() {
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        Options options = new Options();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext();) {
            String option = rest.next();
            switch (option) {
                case "--help" -> options.help = true;
                case "--quick" -> options.quick = true;
                case "--markdown" -> options.markdown = true;
                case "--goals" -> options.goals = goals(value(option, rest));
                case "--rounds" -> options.rounds = number(option, rest, MAX_ROUNDS);
                case "--netem" -> options.netemMillis = number(option, rest, 10_000);
                case "--reference" -> options.reference = value(option, rest);
                case "--url" -> options.url = value(option, rest);
                case "--apikey" -> options.key = value(option, rest);
                default -> throw new UsageException("There is no option " + option);
            }
        }
        options.check(environment.getOrDefault(KEY_VARIABLE, ""));
        return options;
    }

    private void check(String keyOfEnvironment) throws UsageException {
        if (url == null && (key != null || netemMillis > 0)) {
            throw new UsageException("--apikey and --netem need --url");
        }
        if (url != null && key == null) {
            if (keyOfEnvironment.isBlank()) {
                throw new UsageException("--url needs the write API key: set the variable " + KEY_VARIABLE);
            }
            key = keyOfEnvironment;
        }
    }

    private static String value(String option, Iterator<String> rest) throws UsageException {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static int number(String option, Iterator<String> rest, int max) throws UsageException {
        String value = value(option, rest);
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(option + " needs a number from 1 to " + max + ", not " + value);
    }

    private static Set<Integer> goals(String value) throws UsageException {
        try {
            Set<Integer> goals = Arrays.stream(value.split(",")).map(String::strip)
                    .map(goal -> DATA_NAME.equals(goal) ? DATA : Integer.valueOf(goal))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (ALL_GOALS.containsAll(goals)) {
                return goals;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("--goals needs numbers from 1 to 9 or data, separated by commas");
    }

    boolean help() {
        return help;
    }

    boolean quick() {
        return quick;
    }

    boolean markdown() {
        return markdown;
    }

    boolean has(int goal) {
        return goals.contains(goal);
    }

    int rounds() {
        return rounds;
    }

    /** The round trip of the link before the server; 0 if there is none to speak of. */
    int netemMillis() {
        return netemMillis;
    }

    @Nullable
    String reference() {
        return reference;
    }

    /** Null for a simulated server. */
    @Nullable
    Target target() {
        String url = this.url;
        String key = this.key;
        return url == null || key == null ? null : Target.of(url, key);
    }
}
