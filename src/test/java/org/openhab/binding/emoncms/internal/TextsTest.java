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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.sync.SyncEvent;
import org.openhab.binding.emoncms.internal.sync.SyncState;

/**
 * The texts, ids and parameters of {@code OH-INF} fit each other and the code.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class TextsTest {

    private static final Path OH_INF = Path.of("src/main/resources/OH-INF");
    private static final Pattern KEY = Pattern.compile("@text/([\\w.%-]+[\\w%-])");

    private static Properties texts() throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(OH_INF.resolve("i18n/emoncms.properties"))) {
            texts.load(reader);
        }
        return texts;
    }

    private static String read(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).map(file -> {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }).collect(Collectors.joining("\n"));
        }
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> usedKeys() throws IOException {
        Stream<String> inXml = KEY.matcher(read(OH_INF, ".xml")).results().map(result -> result.group(1));
        Stream<String> inCode = KEY.matcher(read(Path.of("src/main/java"), ".java")).results()
                .map(result -> result.group(1));
        Stream<String> ofProblems = Arrays.stream(ProblemKind.values()).map(kind -> "problem." + kind.id());
        Stream<String> ofStates = Stream.of("online.remote-ahead", "online.remote-only");
        Stream<String> byConvention = Stream.of("addon.emoncms.name", "addon.emoncms.description",
                "discovery.feed.local", "discovery.feed.remote", "discovery.feed.both");
        return Stream.of(inXml, inCode, ofProblems, ofStates, byConvention).flatMap(keys -> keys)
                .filter(key -> !List.of("problem", "online").contains(key));
    }

    @Test
    void everyTextIsUsedAndEveryUsedTextIsThere() throws IOException {
        assertThat(usedKeys().collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(texts().stringPropertyNames());
    }

    @Test
    void noTextHasAnApostropheThatMessageFormatWouldEat() throws IOException {
        assertThat(texts().values()).allSatisfy(text -> assertThat((String) text).doesNotContain("'").isNotBlank());
    }

    @Test
    void everyProblemTextIsAFormat() throws IOException {
        Properties texts = texts();
        for (ProblemKind kind : ProblemKind.values()) {
            assertThat(MessageFormat.format(texts.getProperty("problem." + kind.id()), "a0", "a1", "a2", "a3"))
                    .doesNotContain("{").endsWith(".");
        }
    }

    @Test
    void labelsHaveOneToThreeWordsInTitleCase() throws IOException {
        Properties texts = texts();

        assertThat(texts.stringPropertyNames()).filteredOn(key -> key.endsWith(".label") && !key.startsWith("action."))
                .allSatisfy(key -> assertThat(texts.getProperty(key).split(" ")).as(key).hasSizeBetween(1, 3)
                        .allSatisfy(word -> assertThat(word).matches("[A-Z]\\w*|in")));
    }

    @Test
    void theChannelsOfTheThingsAreDescribedAndKnownToTheCode() throws Exception {
        String xml = read(OH_INF.resolve("thing"), ".xml");
        Set<String> constants = new TreeSet<>();
        for (Field field : EmoncmsBindingConstants.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getName().startsWith("CHANNEL_")) {
                constants.add((String) field.get(null));
            }
        }

        assertThat(matches("<channel id=\"([^\"]+)\"", xml)).isEqualTo(constants);
        assertThat(matches("typeId=\"([^\"]+)\"", xml)).isEqualTo(matches("<channel-type id=\"([^\"]+)\"", xml));
    }

    @Test
    void everyChannelTypeHasAllThatTheUiShows() throws IOException {
        String xml = read(OH_INF.resolve("thing"), ".xml");

        assertThat(Pattern.compile("<channel-type .*?</channel-type>", Pattern.DOTALL).matcher(xml).results()
                .map(result -> result.group())).hasSize(28).allSatisfy(type -> {
                    assertThat(type).contains("<label>", "<description>").containsAnyOf("<state ", "<event>")
                            .containsAnyOf("<tags>", "<kind>trigger</kind>");
                    assertThat(Pattern.compile("<tag>").matcher(type).results()).hasSizeLessThanOrEqualTo(2);
                });
    }

    @Test
    void theOptionsOfTheSyncStateAreItsStates() throws IOException {
        String xml = read(OH_INF.resolve("thing"), ".xml");

        assertThat(options("sync-state", xml))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SyncState.values()).map(SyncState::id).toList());
    }

    private static Set<String> options(String channelType, String xml) {
        String type = xml.substring(xml.indexOf("<channel-type id=\"" + channelType + "\""));
        return matches("<option value=\"([^\"]+)\"", type.substring(0, type.indexOf("</channel-type>")));
    }

    @Test
    void theOptionsOfTheSyncEventAreItsEvents() throws IOException {
        assertThat(options("sync-event", read(OH_INF.resolve("thing"), ".xml")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SyncEvent.values()).map(SyncEvent::name).toList());
    }

    @Test
    void theParametersAreTheFieldsOfTheConfigurations() throws IOException {
        assertParameters("server.xml", "EmoncmsServerConfiguration");
        assertParameters("feed.xml", "EmoncmsFeedConfiguration");
    }

    private static void assertParameters(String xml, String configuration) throws IOException {
        String code = Files.readString(
                Path.of("src/main/java/org/openhab/binding/emoncms/internal/config", configuration + ".java"));

        assertThat(matches("<parameter name=\"([^\"]+)\"", Files.readString(OH_INF.resolve("config").resolve(xml))))
                .isNotEmpty().isEqualTo(matches("public (?:String|int|boolean|List<String>) (\\w+)", code));
    }

    @Test
    void theThingTypesReferToTheConfigurations() throws IOException {
        assertThat(matches("config-description-ref uri=\"([^\"]+)\"", read(OH_INF.resolve("thing"), ".xml")))
                .isEqualTo(matches("config-description uri=\"([^\"]+)\"", read(OH_INF.resolve("config"), ".xml")))
                .containsExactly("thing-type:emoncms:feed", "thing-type:emoncms:server");
    }

    @Test
    void secretsAreParametersThatTheUiHides() throws IOException {
        String xml = Files.readString(OH_INF.resolve("config/server.xml"));

        assertThat(List.of("apikey", "password", "localApikey"))
                .allSatisfy(name -> assertThat(xml.substring(xml.indexOf("<parameter name=\"" + name + "\"")).lines()
                        .skip(1).findFirst().orElseThrow()).contains("<context>password</context>"));
    }
}
