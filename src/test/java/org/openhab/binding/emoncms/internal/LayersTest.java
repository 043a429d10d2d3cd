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
package org.openhab.binding.emoncms.internal;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The arrows between the layers point down only, and the lower layers know nothing of openHAB.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class LayersTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final String ROOT = "org.openhab.binding.emoncms.internal";

    /** What each package may import of the others. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries( //
            entry("feed", List.of()), //
            entry("api", List.of("feed")), //
            entry("store", List.of("feed")), //
            entry("store.directory", List.of("feed", "store")), //
            entry("store.emoncms", List.of("feed", "api", "store")), //
            entry("store.local", List.of("feed", "api", "store", "store.directory", "store.emoncms")), //
            entry("sync", List.of("feed", "api", "store")), //
            entry("config", List.of("feed", "api", "store.directory", "sync")), //
            // openHAB has a handler name its services, which in turn act on it
            entry("handler",
                    List.of("", "feed", "api", "store", "store.directory", "store.emoncms", "store.local", "sync",
                            "config", "action", "discovery")),
            entry("action", List.of("feed", "handler", "sync")), //
            entry("discovery", List.of("", "feed", "sync", "handler")), //
            entry("console", List.of("", "feed", "api", "sync", "handler")), //
            entry("", List.of("action", "api", "discovery", "handler")));
    private static final List<String> KNOW_OPENHAB = List.of("", "config", "handler", "action", "discovery", "console");

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+?)(?:\\.[A-Z][\\w.*]*)?;",
            Pattern.MULTILINE);

    record Import(String file, String from, String to) {
    }

    private static List<Import> imports() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).flatMap(LayersTest::imports).toList();
        }
    }

    private static Stream<Import> imports(Path file) {
        String from = MAIN.relativize(file.getParent()).toString().replace('/', '.').replace('\\', '.');
        try {
            return IMPORT.matcher(Files.readString(file)).results()
                    .map(result -> new Import(file.getFileName().toString(), layer(from), result.group(1)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String layer(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }

    @Test
    void everyPackageIsALayerOfTheDesign() throws IOException {
        assertThat(imports()).extracting(Import::from).isSubsetOf(MAY_IMPORT.keySet()).contains("feed", "sync");
    }

    @Test
    void importsPointDown() throws IOException {
        assertThat(imports()).filteredOn(
                dependency -> dependency.to().startsWith(ROOT) && !layer(dependency.to()).equals(dependency.from()))
                .allSatisfy(dependency -> assertThat(MAY_IMPORT.get(dependency.from())).as("%s", dependency)
                        .contains(layer(dependency.to())))
                .isNotEmpty();
    }

    @Test
    void onlyTheTopLayersKnowOpenHAB() throws IOException {
        assertThat(imports()).filteredOn(dependency -> dependency.to().startsWith("org.openhab.core"))
                .extracting(Import::from).isSubsetOf(KNOW_OPENHAB).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "import org.openhab.binding.emoncms.internal.sync.SyncEngine;",
            "import static org.openhab.binding.emoncms.internal.sync.SyncState.SAME;",
            "import org.openhab.binding.emoncms.internal.sync.FeedReport.Nested;" })
    void anImportIsRecognisedInAnyForm(String line) {
        Matcher matcher = IMPORT.matcher(line);

        assertThat(matcher.find()).isTrue();
        assertThat(layer(matcher.group(1))).isEqualTo("sync");
    }
}
