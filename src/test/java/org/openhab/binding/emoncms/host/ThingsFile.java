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
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.ThingUID;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Things in openHAB's YAML format:
 *
 * <pre>
 * version: 1
 * things:
 *   emoncms:server:home:
 *     isBridge: true
 *     config:
 *       apikey: ${ENV:EMONCMS_APIKEY}
 *   emoncms:feed:home:solar:
 *     bridge: emoncms:server:home
 *     label: Solar
 *     config: {tag: power, name: solar}
 * </pre>
 *
 * {@code ${ENV:NAME}} stands for an environment variable. What goes wrong is said without the content, which may hold
 * a key.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class ThingsFile {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{ENV:([^}]+)}");

    private final Path file;
    private final Map<String, String> environment;

    public ThingsFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    public Path file() {
        return file;
    }

    /**
     * @throws UsageException if the file is not as it should be
     */
    public List<ThingEntry> read() throws UsageException {
        Map<?, ?> root = map(load(), "the file");
        if (!Integer.valueOf(1).equals(root.get("version"))) {
            throw wrong("it needs the line version: 1");
        }
        List<ThingEntry> entries = new ArrayList<>();
        for (Map.Entry<?, ?> thing : map(root.get("things"), "things").entrySet()) {
            entries.add(entry(String.valueOf(thing.getKey()), map(thing.getValue(), String.valueOf(thing.getKey()))));
        }
        return entries;
    }

    private @Nullable Object load() throws UsageException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Yaml(new SafeConstructor(options)).load(reader);
        } catch (MarkedYAMLException e) {
            throw wrong("line " + (e.getProblemMark().getLine() + 1) + " is no YAML");
        } catch (YAMLException e) {
            throw wrong("it is no YAML");
        } catch (IOException e) {
            throw wrong("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private ThingEntry entry(String uid, Map<?, ?> fields) throws UsageException {
        Map<String, Object> config = new LinkedHashMap<>();
        Object given = fields.get("config");
        if (given != null) {
            for (Map.Entry<?, ?> parameter : map(given, "config of " + uid).entrySet()) {
                Object value = parameter.getValue();
                if (value != null) {
                    config.put(String.valueOf(parameter.getKey()),
                            value instanceof String text ? resolve(text) : value);
                }
            }
        }
        Object bridge = fields.get("bridge");
        Object label = fields.get("label");
        try {
            return new ThingEntry(new ThingUID(uid), Boolean.TRUE.equals(fields.get("isBridge")),
                    bridge == null ? null : new ThingUID(bridge.toString()), label == null ? null : label.toString(),
                    config);
        } catch (IllegalArgumentException e) {
            throw wrong("it has a wrong UID: " + uid + (bridge == null ? "" : " or " + bridge));
        }
    }

    private Map<?, ?> map(@Nullable Object value, String what) throws UsageException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(what + " must be a map");
    }

    private String resolve(String text) throws UsageException {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (variable.find()) {
            String value = environment.get(variable.group(1));
            if (value == null) {
                throw wrong("the environment variable " + variable.group(1) + " is not set");
            }
            variable.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(resolved).toString();
    }

    private UsageException wrong(String what) {
        return new UsageException(file + ": " + what);
    }

    public void write(List<ThingEntry> entries) throws IOException {
        Map<String, Object> things = new LinkedHashMap<>();
        for (ThingEntry entry : entries) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ThingUID bridge = entry.bridge();
            String label = entry.label();
            if (entry.isBridge()) {
                fields.put("isBridge", true);
            }
            if (bridge != null) {
                fields.put("bridge", bridge.getAsString());
            }
            if (label != null) {
                fields.put("label", label);
            }
            fields.put("config", entry.config());
            things.put(entry.uid().getAsString(), fields);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", 1);
        root.put("things", things);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        try (Writer writer = Files.newBufferedWriter(file)) {
            new Yaml(options).dump(root, writer);
        }
    }
}
