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
package org.openhab.core.library.unit;

import javax.measure.Unit;
import javax.measure.quantity.Dimensionless;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.library.dimension.DataAmount;

import tech.units.indriya.format.SimpleUnitFormat;
import tech.units.indriya.unit.BaseUnit;

/**
 * Stand-in for the class of this name in openHAB Core.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class Units {

    public static final Unit<Dimensionless> PERCENT = tech.units.indriya.unit.Units.PERCENT;
    public static final Unit<DataAmount> BIT = new BaseUnit<>("bit");
    public static final Unit<DataAmount> BYTE = BIT.multiply(8);

    static {
        SimpleUnitFormat.getInstance().label(BYTE, "B");
    }

    private Units() {
    }
}
