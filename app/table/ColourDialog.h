// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/document/Document.h"
#include "shared/query/Colouring.h"

#include <QDialog>

class QComboBox;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace casebase {

/// Edits the colour rules of a view: which colour, of which part of a record, on which condition.
class ColourDialog final : public QDialog {
    Q_OBJECT
public:
    ColourDialog(const Theme &theme, const Document &document, const TableData &table,
        const QList<ColourRule> &rules, const QueryContext &context, QWidget *parent);
    QList<ColourRule> rules() const;

private:
    /// One rule and what shows it.
    struct Line {
        ColourRule rule;
        QWidget *widget;
        QToolButton *colour;
        QComboBox *part;
        QPushButton *condition;
    };
    void add(const ColourRule &rule);
    void show(const Line &line);
    void choose(Line &line);
    void ask(Line &line);
    void remove(const Line &line);
    void move(const Line &line, int by);
    QWidget *newTools(Line &line);

    const Theme &m_theme;
    const Document m_document;
    const TableData &m_table; ///< Of that document.
    const People m_people;
    const QueryContext m_context;
    QVBoxLayout *m_box;
    QPushButton *m_add;
    std::vector<std::unique_ptr<Line>> m_lines; ///< In the order in which they count.
};

} // namespace casebase
