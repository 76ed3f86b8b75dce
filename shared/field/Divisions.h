// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace casebase {

/// A province, city or district, and what it is divided into.
struct Division {
    QString name;
    QString shortName; ///< Without the word for what it is, where something is left: 广东, 深圳.
    QList<Division> parts;
};

/// The provinces of China, in their usual order. A city without a name stands for the districts
/// that belong to their province itself. Read once, from resources/places.
const QList<Division> &provinces();

} // namespace casebase
