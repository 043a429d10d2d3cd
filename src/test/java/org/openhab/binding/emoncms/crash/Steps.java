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
package org.openhab.binding.emoncms.crash;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Says, line by line, what the killed process does: {@code begin THREAD STEP}, {@code end THREAD STEP},
 * {@code problem TEXT}, and {@code working} once.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Steps {

    static final String WORKING = "working";
    static final String BEGIN = "begin";
    static final String END = "end";
    static final String PROBLEM = "problem";
    /** Threads of the killed process. */
    static final String WORKER = "worker";
    static final String WRITER = "writer";

    private final PrintStream out;

    Steps(PrintStream out) {
        this.out = out;
    }

    void working() {
        say(WORKING);
    }

    void problem(String text) {
        say(PROBLEM + " " + text);
    }

    private synchronized void say(String line) {
        out.print(line + "\n");
        out.flush();
    }

    /**
     * Has every call of an object told.
     *
     * @param name comes before the method's in the name of a step
     */
    <T> T traced(Class<T> type, T object, String thread, String name) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
                    String step = " " + thread + " " + name + "." + method.getName();
                    say(BEGIN + step);
                    try {
                        return method.invoke(object, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        say(END + step);
                    }
                }));
    }
}
