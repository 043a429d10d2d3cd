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

import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.store.directory.FeedDirectories;

/**
 * Where the local feeds are.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public sealed interface LocalSettings {

    /**
     * A directory of this machine.
     *
     * @param isDefault whether the add-on chose it and has to make it
     */
    record Directory(Path directory, boolean isDefault, FeedDirectories directories) implements LocalSettings {
    }

    /**
     * An Emoncms of this home.
     *
     * @param directories where its files can be read; null if nowhere
     * @param own a directory of the add-on
     */
    record Server(ServerUrl url, Credentials.ApiKey key, @Nullable FeedDirectories directories,
            Path own) implements LocalSettings {
    }
}
