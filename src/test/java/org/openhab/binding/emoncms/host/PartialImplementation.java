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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Implements an interface of openHAB by an object that has some of its methods: the real interfaces have more of them
 * than the add-on may use, and not the same in each version.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PartialImplementation implements InvocationHandler {

    private final Object methods;

    private PartialImplementation(Object methods) {
        this.methods = methods;
    }

    static <T> T of(Class<T> type, Object methods) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                new PartialImplementation(methods)));
    }

    @Override
    public @Nullable Object invoke(@Nullable Object proxy, @Nullable Method method,
            @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method == null) {
            throw new IllegalArgumentException("No method");
        }
        try {
            return methods.getClass().getMethod(method.getName(), method.getParameterTypes()).invoke(methods,
                    arguments);
        } catch (NoSuchMethodException e) {
            throw new UnsupportedOperationException("This host has no " + method, e);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
