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
package org.openhab.binding.emoncms.internal.api;

import static org.assertj.core.api.Assertions.*;

import java.nio.file.Path;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * A server whose certificate nobody vouches for gets no key.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class TlsTest {

    private static final String PASSWORD = "changeit";

    private final Path directory;

    TlsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path selfSigned(String host) throws Exception {
        Path store = directory.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host, "-validity", "2",
                "-alias", "server", "-keystore", store.toString(), "-storepass", PASSWORD).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    private ProblemKind problemOf(String certificateHost, boolean trusted) throws Exception {
        Path store = selfSigned(certificateHost);
        SslContextFactory.Server serverTls = new SslContextFactory.Server();
        serverTls.setKeyStorePath(store.toString());
        serverTls.setKeyStorePassword(PASSWORD);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new SslConnectionFactory(serverTls, "http/1.1"),
                new HttpConnectionFactory());
        server.addConnector(connector);
        SslContextFactory.Client clientTls = new SslContextFactory.Client();
        if (trusted) {
            clientTls.setTrustStorePath(store.toString());
            clientTls.setTrustStorePassword(PASSWORD);
        }
        HttpClient client = new HttpClient(clientTls);
        try {
            server.start();
            HttpClients.start(client);
            EmoncmsApi api = new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(5)),
                    ServerUrl.parse("https://localhost:" + connector.getLocalPort()), new Credentials.ApiKey("key"));
            return catchThrowableOfType(ProblemException.class, api::feeds).problem().kind();
        } finally {
            client.stop();
            server.stop();
        }
    }

    @Test
    void aSelfSignedCertificateIsNotTrusted() throws Exception {
        assertThat(problemOf("localhost", false)).isEqualTo(ProblemKind.NOT_TRUSTED);
    }

    @Test
    void aCertificateOfAnotherHostIsNotTrusted() throws Exception {
        assertThat(problemOf("other.example", true)).isEqualTo(ProblemKind.NOT_TRUSTED);
    }

    @Test
    void aTrustedCertificateIs() throws Exception {
        assertThat(problemOf("localhost", true)).as("the server is empty").isEqualTo(ProblemKind.NOT_EMONCMS);
    }
}
