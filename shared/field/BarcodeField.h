// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// A text that is shown as a code that scanners read.
const FieldType &barcodeType();

/// The thirteen digits of an EAN: the last one is made where twelve are given. Nothing if the
/// digits are no such number (GS1 General Specifications, 7.9.1).
std::optional<QString> completedEan(const QString &digits);

} // namespace casebase
