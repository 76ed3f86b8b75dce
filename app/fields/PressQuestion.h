// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"

class QWidget;

namespace casebase {

/// Asks whether the button is to be pressed, if it wants to be asked for. False if not.
bool confirmsPress(const Field &button, QWidget *parent);

} // namespace casebase
