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

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

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
            usage: ./run [options]

            Runs the packaged add-on in an OSGi framework, without openHAB, and shows its things.
            By default it uploads the feeds of a made-up house to a simulated Emoncms server,
            both on this machine, and goes on until Ctrl-C, or q and Enter. On the server there
            are a feed more and one that has more points: try the commands inbox, add all and
            download all. The command help lists all commands; those of openHAB's console
            command openhab:emoncms work as they are: servers, feeds, upload, download,
            verify, repair and others.

              --once               end with status 0 as soon as all feeds are the same on both sides,
                                   with status 1 if they are not in time; what only the simulated
                                   server has is downloaded
              --timeout SECONDS    how long --once waits (120)
              --interval SECONDS   upload interval (10)
              --url URL            upload to this Emoncms server; needs its write API key
              --apikey KEY         the key; better set the variable EMONCMS_APIKEY, which
                                   other users of this machine cannot see
              --directory DIR      upload the feeds in this directory, which holds feeds.json,
                                   phpfina/ and phptimeseries/; it is only read
              --keep DIR           keep the things file, the made-up feeds and those of the
                                   simulated server in this new or empty directory
              --things FILE        use the things of this file, in openHAB's YAML format
              --help               show this
            """;

    private static final int MIN_INTERVAL_SECONDS = 10;
    private static final int MAX_SECONDS = 7 * 24 * 3600;

    private boolean help;
    private boolean once;
    private Duration timeout = Duration.ofSeconds(120);
    /** 0 if it is not given. */
    private int intervalSeconds;
    private @Nullable URI url;
    private @Nullable String key;
    private @Nullable Path directory;
    private @Nullable Path keep;
    private @Nullable Path things;

    private Options() {
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        Options options = new Options();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext();) {
            String option = rest.next();
            switch (option) {
                case "--help" -> options.help = true;
                case "--once" -> options.once = true;
                case "--timeout" -> options.timeout = Duration.ofSeconds(seconds(option, rest, 1));
                case "--interval" -> options.intervalSeconds = seconds(option, rest, MIN_INTERVAL_SECONDS);
                case "--url" -> options.url = url(value(option, rest));
                case "--apikey" -> options.key = value(option, rest);
                case "--directory" -> options.directory = path(option, rest);
                case "--keep" -> options.keep = path(option, rest);
                case "--things" -> options.things = path(option, rest);
                default -> throw new UsageException("There is no option " + option);
            }
        }
        options.check(environment.getOrDefault(KEY_VARIABLE, ""));
        return options;
    }

    private void check(String keyOfEnvironment) throws UsageException {
        boolean isMade = url != null || directory != null || keep != null || key != null || intervalSeconds != 0;
        if (things != null && isMade) {
            throw new UsageException(
                    "--things takes the place of --url, --apikey, --directory, --keep and --interval: leave those out");
        }
        if (url == null && key != null) {
            throw new UsageException("--apikey needs --url");
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

    private static int seconds(String option, Iterator<String> rest, int min) throws UsageException {
        String value = value(option, rest);
        try {
            int seconds = Integer.parseInt(value);
            if (seconds >= min && seconds <= MAX_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(option + " needs a number from " + min + " to " + MAX_SECONDS + ", not " + value);
    }

    private static URI url(String value) throws UsageException {
        try {
            URI url = new URI(value);
            if (url.getHost() != null && url.getScheme() != null && url.getScheme().matches("(?i)https?")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new UsageException("--url needs an address such as https://emoncms.org");
    }

    private static Path path(String option, Iterator<String> rest) throws UsageException {
        try {
            return Path.of(value(option, rest)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new UsageException(option + " needs a path");
        }
    }

    boolean help() {
        return help;
    }

    boolean once() {
        return once;
    }

    Duration timeout() {
        return timeout;
    }

    int intervalSeconds() {
        return intervalSeconds == 0 ? MIN_INTERVAL_SECONDS : intervalSeconds;
    }

    /** Null for a simulated server. */
    @Nullable
    URI url() {
        return url;
    }

    /** There is one if there is a URL. */
    @Nullable
    String key() {
        return key;
    }

    /** Null for a made-up store. */
    @Nullable
    Path directory() {
        return directory;
    }

    @Nullable
    Path keep() {
        return keep;
    }

    /** Null if they are to be made from the other options. */
    @Nullable
    Path things() {
        return things;
    }
}
