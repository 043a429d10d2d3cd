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
package org.openhab.binding.emoncms.internal.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;
import org.openhab.binding.emoncms.internal.sync.SyncSettings;
import org.openhab.binding.emoncms.internal.sync.UploadWindow;
import org.openhab.core.OpenHAB;
import org.openhab.core.thing.ThingUID;

/**
 * A bridge's configuration after it was checked.
 *
 * @param own the bridge's directory in openHAB's user data
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record ServerSettings(ServerUrl url, Credentials credentials, LocalSettings local, SyncSettings sync,
        long uploadBytesPerSecond, Path own) {

    private static final int MIN_INTERVAL_SECONDS = 10;
    private static final int MAX_INTERVAL_SECONDS = 7 * 24 * 3600;
    private static final int MIN_SIZE_KIB = 16;
    private static final int MAX_SIZE_KIB = 8192;
    private static final int MIN_WRITE_DELAY_SECONDS = 10;
    private static final int MAX_WRITE_DELAY_SECONDS = 24 * 3600;
    private static final int MAX_RATE_KB = 1_000_000;
    private static final int MAX_BUDGET_MB = 1_000_000;
    private static final Pattern API_KEY = Pattern.compile("[0-9a-fA-F]{32}");

    /**
     * @param bridge whose configuration it is; gives it a directory and a phase of its own
     */
    public static ServerSettings of(EmoncmsServerConfiguration configuration, ThingUID bridge) throws ProblemException {
        requireRange("uploadInterval", configuration.uploadInterval, MIN_INTERVAL_SECONDS, MAX_INTERVAL_SECONDS);
        requireRange("uploadSize", configuration.uploadSize, MIN_SIZE_KIB, MAX_SIZE_KIB);
        requireRange("writeDelay", configuration.writeDelay, MIN_WRITE_DELAY_SECONDS, MAX_WRITE_DELAY_SECONDS);
        requireRange("uploadRate", configuration.uploadRate, 0, MAX_RATE_KB);
        requireRange("monthlyBudget", configuration.monthlyBudget, 0, MAX_BUDGET_MB);
        SyncSettings sync = new SyncSettings(Duration.ofSeconds(configuration.uploadInterval),
                Duration.ofSeconds(Math.floorMod(phase(configuration, bridge), configuration.uploadInterval)),
                configuration.uploadSize * 1024, FeedPatterns.parse(configuration.uploadPatterns),
                Duration.ofSeconds(configuration.writeDelay), configuration.uploadOpenSlot,
                UploadWindow.parse(configuration.uploadWindow),
                configuration.monthlyBudget == 0 ? SyncSettings.UNLIMITED : configuration.monthlyBudget * 1_000_000L);
        ServerUrl url = ServerUrl.parse(configuration.url);
        Credentials credentials = credentials(configuration);
        Path own = Path.of(OpenHAB.getUserDataFolder(), "emoncms", bridge.getId());
        LocalSettings local = local(configuration, own);
        if (local instanceof LocalSettings.Server server && server.url().equals(url)
                && server.key().equals(credentials)) {
            throw new ProblemException(Problem.of(ProblemKind.LOCAL_IS_REMOTE));
        }
        return new ServerSettings(url, credentials, local, sync,
                configuration.uploadRate == 0 ? HttpAccess.UNLIMITED : configuration.uploadRate * 1000L, own);
    }

    /**
     * @param own the bridge's directory in openHAB's user data
     */
    private static LocalSettings local(EmoncmsServerConfiguration configuration, Path own) throws ProblemException {
        boolean hasDirectory = !configuration.localDirectory.isBlank();
        Path directory = hasDirectory ? path(configuration.localDirectory) : own;
        if (configuration.localUrl.isBlank() && configuration.localApikey.isBlank()) {
            return new LocalSettings.Directory(directory, !hasDirectory, directories(configuration, directory));
        }
        boolean hasFiles = hasDirectory || !configuration.phpfinaDirectory.isBlank()
                || !configuration.phptimeseriesDirectory.isBlank();
        return new LocalSettings.Server(localUrl(configuration.localUrl), localKey(configuration.localApikey),
                hasFiles ? directories(configuration, directory) : null, own);
    }

    private static FeedDirectories directories(EmoncmsServerConfiguration configuration, Path directory)
            throws ProblemException {
        FeedDirectories usual = FeedDirectories.in(directory);
        return new FeedDirectories(
                configuration.phpfinaDirectory.isBlank() ? usual.fixedInterval() : path(configuration.phpfinaDirectory),
                configuration.phptimeseriesDirectory.isBlank() ? usual.timeSeries()
                        : path(configuration.phptimeseriesDirectory));
    }

    private static ServerUrl localUrl(String text) throws ProblemException {
        try {
            return ServerUrl.parse(text);
        } catch (ProblemException e) {
            throw new ProblemException(Problem.of(ProblemKind.LOCAL_URL_INVALID), e);
        }
    }

    private static Credentials.ApiKey localKey(String text) throws ProblemException {
        if (!API_KEY.matcher(text.strip()).matches()) {
            throw new ProblemException(Problem.of(ProblemKind.LOCAL_KEY_INVALID));
        }
        return new Credentials.ApiKey(text.strip());
    }

    /** Differs between bridges of one home, and between homes that call their bridge the same. */
    private static int phase(EmoncmsServerConfiguration configuration, ThingUID bridge) {
        return (bridge.getAsString() + configuration.apikey + configuration.username).hashCode();
    }

    private static void requireRange(String parameter, int value, int min, int max) throws ProblemException {
        if (value < min || value > max) {
            throw new ProblemException(Problem.of(ProblemKind.PARAMETER_OUT_OF_RANGE, parameter, value, min, max));
        }
    }

    private static Path path(String text) throws ProblemException {
        try {
            return Path.of(text.strip());
        } catch (InvalidPathException e) {
            throw new ProblemException(Problem.of(ProblemKind.DIRECTORY_MISSING, text), e);
        }
    }

    /** A key is taken before a login. */
    private static Credentials credentials(EmoncmsServerConfiguration configuration) throws ProblemException {
        if (!configuration.apikey.isBlank()) {
            String key = configuration.apikey.strip();
            if (!API_KEY.matcher(key).matches()) {
                throw new ProblemException(Problem.of(ProblemKind.KEY_INVALID));
            }
            return new Credentials.ApiKey(key);
        }
        if (configuration.username.isBlank() || configuration.password.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemKind.CREDENTIALS_MISSING));
        }
        return new Credentials.Login(configuration.username.strip(), configuration.password);
    }
}
