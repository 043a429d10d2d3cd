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

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.measure.Quantity;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Fields;
import org.openhab.core.OpenHAB;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.config.discovery.DiscoveryService;
import org.openhab.core.io.console.Console;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.thing.Thing;
import org.osgi.service.component.ComponentContext;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;
import org.slf4j.Logger;

import com.google.gson.Gson;

/**
 * What the framework's own bundle exports of this program's class path: the libraries that openHAB ships and the API of
 * openHAB Core, with the versions their jars declare, so that the add-on's version ranges are really checked.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SystemPackages {

    private static final List<Class<?>> OF_LIBRARIES = List.of(Gson.class, HttpClient.class, HttpHeader.class,
            EndPoint.class, Fields.class, Logger.class, Quantity.class, ComponentContext.class, Promise.class,
            Function.class, OpenHAB.class, Configuration.class, HttpClientFactory.class, Thing.class,
            DiscoveryService.class, Console.class, RuleAction.class);
    private static final String DIRECTIVE = ";\\s*[\\w.-]+:=(\"[^\"]*\"|[^;,\"]*)";
    private static final String STAND_IN = "org/openhab/core";

    private SystemPackages() {
    }

    /** In the syntax of {@code Export-Package}. */
    static String ofClassPath() throws IOException {
        Set<Path> libraries = new LinkedHashSet<>();
        for (Class<?> type : OF_LIBRARIES) {
            libraries.add(library(type));
        }
        Set<String> exports = new LinkedHashSet<>();
        for (Path library : libraries) {
            exports.add(Files.isDirectory(library) ? packages(library) : exports(library));
        }
        return String.join(",", exports);
    }

    /** The jar or directory that holds the class. */
    static Path library(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String exports(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String header = file.getManifest().getMainAttributes().getValue("Export-Package");
            return Stream.of(header.replaceAll(DIRECTIVE, "").split(",")).map(String::strip)
                    .filter(clause -> !clause.startsWith("META-INF")).collect(Collectors.joining(","));
        }
    }

    private static String packages(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve(STAND_IN))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                    .distinct().collect(Collectors.joining(","));
        }
    }
}
