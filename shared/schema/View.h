// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Filter.h"

namespace casebase {

/// How one field stands in a view.
struct ViewField {
    FieldId field;
    int width = 0; ///< Pixels at 100 %; 0 is the default of the field's type.
    bool isHidden = false;
    friend bool operator==(const ViewField &, const ViewField &) = default;
};

/// Colours what meets a condition.
struct ColourRule {
    /// What of the record is coloured.
    enum class Part : quint8 { Row, Edge, Cell };
    Filter condition;
    QString colour; ///< As of options.
    Part part = Part::Row;
    FieldId field = {}; ///< Of Cell.
    friend bool operator==(const ColourRule &, const ColourRule &) = default;
};
inline constexpr qsizetype ColourRulesPerView = 50;

/// A saved way to look at a table. Fields that `fields` does not name follow at the end, visible.
struct View {
    ViewId id;
    QString name;
    Filter filter;
    QList<SortKey> sort;
    QList<ViewField> fields;
    int frozen = 1; ///< Fields that do not scroll away.
    QList<ColourRule> colours = {}; ///< Of those for one part, the first that is met counts.

    friend bool operator==(const View &, const View &) = default;
};

} // namespace casebase
