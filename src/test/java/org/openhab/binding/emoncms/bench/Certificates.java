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
package org.openhab.binding.emoncms.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A key store with the certificate of a server on this machine, that of an authority between and that of the root that
 * vouches for both, all with RSA keys: about what a server on the Internet sends.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Certificates {

    static final String PASSWORD = "changeit";

    private static final String ROOT = "root";
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";

    private final Path directory;
    private final Path store;

    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        store = directory.resolve("store.p12");
        makeKey(ROOT, "4096", "CN=Root of the Benchmark, O=Made for a Benchmark, C=XX", "bc:c=ca:true");
        makeKey(AUTHORITY, "2048", "CN=Authority of the Benchmark, O=Made for a Benchmark, C=XX", "bc:c=ca:true");
        makeKey(SERVER, "2048", "CN=localhost", "san=ip:127.0.0.1");
        sign(AUTHORITY, ROOT, "bc:c=ca:true,pathlen:0");
        sign(SERVER, AUTHORITY, "san=ip:127.0.0.1,dns:localhost");
    }

    private void makeKey(String alias, String bits, String name, String extension)
            throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", alias, "-keyalg", "RSA", "-keysize", bits, "-dname", name, "-ext", extension,
                "-validity", "2");
    }

    private void sign(String alias, String signer, String extension) throws IOException, InterruptedException {
        String request = directory.resolve(alias + ".csr").toString();
        String signed = directory.resolve(alias + ".crt").toString();
        keytool("-certreq", "-alias", alias, "-file", request);
        keytool("-gencert", "-alias", signer, "-infile", request, "-outfile", signed, "-ext", extension, "-validity",
                "2");
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", signed);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool " + arguments[0] + ": " + output.strip());
        }
    }

    Path store() {
        return store;
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** For a server. */
    SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore keys = keys();
        keys.deleteEntry(ROOT);
        keys.deleteEntry(AUTHORITY);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** How large the certificates are that the server sends. */
    List<Integer> chainBytes() throws IOException, GeneralSecurityException {
        List<Integer> bytes = new ArrayList<>();
        for (Certificate certificate : keys().getCertificateChain(SERVER)) {
            bytes.add(certificate.getEncoded().length);
        }
        return bytes;
    }
}
