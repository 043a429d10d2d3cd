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
import java.nio.file.Path;
import java.util.Map;

import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.scr.info.ScrInfo;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * An OSGi framework with declarative services, as openHAB's runtime has it, in this process.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class OsgiRuntime implements AutoCloseable {

    private static final int STOP_MILLIS = 10_000;

    private final Framework framework;

    private OsgiRuntime(Framework framework) {
        this.framework = framework;
    }

    /**
     * @param cache a directory that the framework makes and may empty
     */
    public static OsgiRuntime start(Path cache) throws BundleException, IOException {
        Framework framework = new FrameworkFactory().newFramework(Map.of( //
                Constants.FRAMEWORK_STORAGE, cache.toString(), //
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT, //
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SystemPackages.ofClassPath(), //
                // a missing import must not be made up for by the class path
                "felix.bootdelegation.implicit", "false", //
                "felix.service.urlhandlers", "false"));
        framework.start();
        OsgiRuntime runtime = new OsgiRuntime(framework);
        try {
            runtime.start(runtime.install(SystemPackages.library(ScrInfo.class)));
        } catch (BundleException | RuntimeException e) {
            runtime.close();
            throw e;
        }
        return runtime;
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    public Bundle install(Path jar) throws BundleException {
        return context().installBundle(jar.toUri().toString());
    }

    /**
     * @throws BundleException names every import and capability that is missing
     */
    public void start(Bundle bundle) throws BundleException {
        bundle.start();
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            throw new IllegalStateException("The OSGi framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
