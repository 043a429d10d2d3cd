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
package org.openhab.core.config.core;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Stand-in for the class of this name in openHAB Core.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class Configuration {

    private final Map<String, Object> properties;

    public Configuration() {
        this(Map.of());
    }

    public Configuration(final @Nullable Configuration configuration) {
        this(configuration == null ? Map.of() : configuration.properties);
    }

    public Configuration(@Nullable Map<String, Object> properties) {
        this.properties = Collections.synchronizedMap(new HashMap<>());
        if (properties != null) {
            properties.forEach(this::put);
        }
    }

    public <T> T as(Class<T> configurationClass) {
        try {
            T result = configurationClass.getConstructor().newInstance();
            for (Field field : configurationClass.getDeclaredFields()) {
                Object value = properties.get(field.getName());
                if (value != null) {
                    field.setAccessible(true);
                    field.set(result, convert(value, field.getType()));
                }
            }
            return result;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object convert(Object value, Class<?> type) {
        String text = value.toString();
        if (type == int.class || type == Integer.class) {
            return new BigDecimal(text).intValue();
        }
        if (type == List.class && value instanceof Collection<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        return text;
    }

    public boolean containsKey(String key) {
        return properties.containsKey(key);
    }

    public @Nullable Object get(String key) {
        return properties.get(key);
    }

    public @Nullable Object put(String key, @Nullable Object value) {
        if (value == null) {
            return properties.remove(key);
        }
        return properties.put(key, value instanceof Number ? new BigDecimal(value.toString()) : value);
    }

    public @Nullable Object remove(String key) {
        return properties.remove(key);
    }

    public Set<String> keySet() {
        return getProperties().keySet();
    }

    public Map<String, Object> getProperties() {
        synchronized (properties) {
            return Map.copyOf(properties);
        }
    }

    public void setProperties(Map<String, Object> newProperties) {
        synchronized (properties) {
            properties.clear();
            newProperties.forEach(this::put);
        }
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object obj) {
        return obj instanceof Configuration other && properties.equals(other.properties);
    }
}
