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

import java.io.IOException;
import java.io.StringReader;

import org.eclipse.jdt.annotation.NonNullByDefault;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/**
 * A short JSON answer, read whole and strictly: nothing before it, nothing after it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record JsonAnswer(JsonElement json) {

    private static final TypeAdapter<JsonElement> ELEMENT = new Gson().getAdapter(JsonElement.class);

    static JsonAnswer read(Answer answer) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(answer.text()));
        JsonElement element = ELEMENT.read(reader);
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalStateException("text after the JSON");
        }
        return new JsonAnswer(element);
    }

    /** Says nothing: an answer may hold keys. */
    @Override
    public String toString() {
        return "JSON answer";
    }

    boolean isObject() {
        return json.isJsonObject();
    }

    /** The object, or an empty one if it is none. */
    JsonObject object() {
        return json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
    }

    boolean isSuccess() {
        return object().get("success") instanceof JsonPrimitive success && success.isBoolean()
                && success.getAsBoolean();
    }

    /** A member's text, or an empty one. */
    String text(String member) {
        return object().get(member) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    /**
     * @throws IllegalStateException if there is no such number
     */
    static double number(JsonObject object, String member) {
        if (object.get(member) instanceof JsonPrimitive value) {
            return Double.parseDouble(value.getAsString());
        }
        throw new IllegalStateException("no " + member);
    }
}
