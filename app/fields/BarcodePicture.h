// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"

#include <QPixmap>

namespace casebase {

/// The code for the text, black on white with the white around it that scanners need, a pixel for
/// the narrowest line; null if the text cannot be drawn as that.
QImage barcodeImage(const QString &text, BarcodeFormat format);

/// The same, as large as fits into the size with whole pixels for each line. Kept for the next
/// time.
QPixmap barcodePicture(const QString &text, BarcodeFormat format, const QSize &size, qreal ratio);

} // namespace casebase
