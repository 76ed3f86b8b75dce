// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/BarcodePicture.h"

#include <QPixmapCache>

#include <zint.h>

#include <memory>

namespace casebase {

namespace {

struct SymbolDeleter {
    void operator()(zint_symbol *symbol) const { ZBarcode_Delete(symbol); }
};

int symbology(BarcodeFormat format)
{
    switch (format) {
    case BarcodeFormat::Qr:
        return BARCODE_QRCODE;
    case BarcodeFormat::Code128:
        return BARCODE_CODE128;
    case BarcodeFormat::Ean13:
        return BARCODE_EANX;
    }
    return BARCODE_QRCODE;
}

/// Widths of the white around it: ISO/IEC 18004 asks for 4 modules, ISO/IEC 15417 for 10, GS1
/// for 11.
int quietZone(BarcodeFormat format)
{
    return format == BarcodeFormat::Qr ? 4 : 11;
}

} // namespace

QImage barcodeImage(const QString &text, BarcodeFormat format)
{
    const std::unique_ptr<zint_symbol, SymbolDeleter> symbol(ZBarcode_Create());
    symbol->symbology = symbology(format);
    symbol->input_mode = UNICODE_MODE;
    symbol->show_hrt = 0; // The text stands beside it.
    symbol->scale = 0.5F; // A pixel for each module.
    symbol->height = format == BarcodeFormat::Qr ? 0 : 30;
    const QByteArray bytes = text.toUtf8();
    const int failed = ZBarcode_Encode_and_Buffer(symbol.get(),
        reinterpret_cast<const unsigned char *>(bytes.constData()), int(bytes.size()), 0);
    if (failed >= ZINT_ERROR || !symbol->bitmap) {
        return {};
    }
    const QImage modules(symbol->bitmap, symbol->bitmap_width, symbol->bitmap_height,
        3 * symbol->bitmap_width, QImage::Format_RGB888);
    const int quiet = quietZone(format);
    QImage whole(modules.width() + 2 * quiet, modules.height() + 2 * std::min(quiet, 4),
        QImage::Format_RGB888);
    whole.fill(Qt::white);
    for (int y = 0; y < modules.height(); ++y) {
        for (int x = 0; x < modules.width(); ++x) {
            whole.setPixel(x + quiet, y + std::min(quiet, 4), modules.pixel(x, y));
        }
    }
    return whole;
}

QPixmap barcodePicture(const QString &text, BarcodeFormat format, const QSize &size, qreal ratio)
{
    const QSize pixels = size * ratio;
    const QString key = QStringLiteral("barcode %1 %2x%3 %4")
                            .arg(int(format))
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(text);
    QPixmap picture;
    if (!QPixmapCache::find(key, &picture)) {
        const QImage image = barcodeImage(text, format);
        if (!image.isNull()) {
            const int times = std::max(
                1, std::min(pixels.width() / image.width(), pixels.height() / image.height()));
            picture = QPixmap::fromImage(image.scaled(image.size() * times));
            picture.setDevicePixelRatio(ratio);
        }
        QPixmapCache::insert(key, picture);
    }
    return picture;
}

} // namespace casebase
