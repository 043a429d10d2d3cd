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
package org.openhab.binding.emoncms.internal.handler;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * All objects of the add-on's own classes that can be reached from some, also through collections and what lambdas
 * hold.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class OwnObjects {

    private static final String OWN = "org.openhab.binding.emoncms.internal.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> toVisit = new ArrayDeque<>();
    private final List<Object> own = new ArrayList<>();

    private OwnObjects() {
    }

    static List<Object> reachableFrom(Collection<?> roots) throws IllegalAccessException {
        OwnObjects objects = new OwnObjects();
        roots.forEach(objects::add);
        while (!objects.toVisit.isEmpty()) {
            objects.visit(objects.toVisit.remove());
        }
        return objects.own;
    }

    private void add(@Nullable Object object) {
        if (object != null && seen.add(object)) {
            toVisit.add(object);
        }
    }

    private void visit(Object object) throws IllegalAccessException {
        if (object instanceof Collection<?> collection) {
            List.copyOf(collection).forEach(this::add);
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(key);
                add(value);
            });
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(this::add);
        } else if (object instanceof AtomicReference<?> reference) {
            add(reference.get());
        } else if (object instanceof Object[]) {
            for (int i = 0; i < Array.getLength(object); i++) {
                add(Array.get(object, i));
            }
        } else if (object.getClass().getName().startsWith(OWN)) {
            own.add(object);
            visitFields(object);
        }
    }

    private void visitFields(Object object) throws IllegalAccessException {
        for (Class<?> type = object.getClass(); type != null
                && type.getName().startsWith(OWN); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    add(field.get(object));
                }
            }
        }
    }
}
