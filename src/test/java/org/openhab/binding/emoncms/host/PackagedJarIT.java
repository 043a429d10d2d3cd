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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;

/**
 * What is in the packaged jar.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class PackagedJarIT {

    private static List<String> imports() throws IOException {
        String header = AddonJar.find().manifest().getMainAttributes().getValue("Import-Package");
        return Stream.of(header.split(",(?=[a-z])")).toList();
    }

    @Test
    void holdsItsOwnClassesAndDescriptionsOnly() throws IOException {
        assertThat(AddonJar.find().entries())
                .allMatch(entry -> entry.matches("(META-INF|OSGI-INF|OH-INF|org/openhab/binding/emoncms)/.*"))
                .anyMatch(entry -> entry.endsWith("/EmoncmsHandlerFactory.class"))
                .contains("OH-INF/addon/addon.xml", "OH-INF/i18n/emoncms.properties", "META-INF/MANIFEST.MF");
    }

    @Test
    void holdsNoTests() throws IOException {
        assertThat(AddonJar.find().entries()).noneMatch(entry -> entry.contains("/host/"))
                .noneMatch(entry -> entry.contains("/simulated/"))
                .noneMatch(entry -> entry.endsWith("Test.class") || entry.endsWith("IT.class"));
    }

    @Test
    void importsOpenHABInWhateverVersion() throws IOException {
        assertThat(imports()).filteredOn(clause -> clause.startsWith("org.openhab.")).isNotEmpty()
                .noneMatch(clause -> clause.contains("version"));
    }

    @Test
    void importsLibrariesInTheVersionsOfOpenHAB4And5() throws IOException {
        assertThat(imports()).contains("org.slf4j;version=\"[1.7,3)\"", "com.google.gson;version=\"[2.8,3)\"",
                "org.eclipse.jetty.client;version=\"[9.4,10)\"");
    }

    @Test
    void runsOnJava17() throws IOException {
        assertThat(AddonJar.find().manifest().getMainAttributes().getValue("Require-Capability"))
                .contains("(osgi.ee=JavaSE)(version=17)");
    }
}
