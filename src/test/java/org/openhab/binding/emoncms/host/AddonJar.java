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

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The packaged add-on.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record AddonJar(Path file) {

    private static final String PROPERTY = "emoncms.addon";
    private static final String TEXTS = "OH-INF/i18n/emoncms.properties";

    /**
     * The jar that a system property names, else the one Maven has packaged.
     */
    public static AddonJar find() throws IOException {
        String named = System.getProperty(PROPERTY, "");
        return new AddonJar(named.isBlank() ? packaged(Path.of("target")) : Path.of(named));
    }

    private static Path packaged(Path directory) throws IOException {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory,
                    "org.openhab.binding.emoncms-*.jar")) {
                files.forEach(jars::add);
            }
        }
        if (jars.size() != 1) {
            throw new IOException("Needed one add-on jar in " + directory.toAbsolutePath() + ", found " + jars);
        }
        return jars.get(0);
    }

    public Manifest manifest() throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getManifest();
        }
    }

    /** The files in it, without directories. */
    public List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
        }
    }

    StatusTexts texts() throws IOException {
        Properties texts = new Properties();
        try (JarFile jar = new JarFile(file.toFile());
                Reader reader = new InputStreamReader(jar.getInputStream(jar.getEntry(TEXTS)),
                        StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return new StatusTexts(texts);
    }
}
