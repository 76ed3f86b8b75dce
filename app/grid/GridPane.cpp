// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid/GridPane.h"

#include <QVBoxLayout>

namespace casebase {

GridPane::GridPane(const Theme &theme, UndoStack &undo, Pictures *pictures, QWidget *parent)
    : Pane(parent)
    , m_grid(new GridView(theme, undo, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_grid);
    setFocusProxy(m_grid);
    m_grid->setPictures(pictures);
    connect(m_grid, &GridView::recordActivated, this, &Pane::recordActivated);
    connect(m_grid, &GridView::recordMenuRequested, this, &Pane::recordMenuRequested);
    connect(m_grid, &GridView::fieldMenuRequested, this, &Pane::fieldMenuRequested);
    connect(m_grid, &GridView::addFieldRequested, this, &Pane::addFieldRequested);
    connect(m_grid, &GridView::recordFormRequested, this, &Pane::recordFormRequested);
    connect(m_grid, &GridView::linkedRecordWanted, this, &Pane::linkedRecordWanted);
    connect(m_grid, &GridView::refused, this, &Pane::refused);
    connect(m_grid, &GridView::done, this, &Pane::told);
    connect(m_grid, &GridView::widthChanged, this, &GridPane::setWidth);
    connect(m_grid, &GridView::fieldMoved, this, &GridPane::moveField);
    connect(m_grid, &GridView::currentChanged, this, [this](RecordId, FieldId field) {
        m_currentField = field;
        tellCurrent(false);
    });
    connect(m_grid, &GridView::editingChanged, this, &GridPane::tellCurrent);
}

void GridPane::tellCurrent(bool isEditing)
{
    Q_EMIT currentChanged(m_grid->currentRecord(), m_currentField, isEditing);
}

void GridPane::setSource(TableModel *model, const View &view)
{
    m_view = view;
    if (m_grid->model() != model) {
        if (m_grid->model()) {
            m_grid->model()->disconnect(this);
        }
        m_grid->setModel(model);
        if (model) {
            connect(model, &TableModel::fieldsChanged, this, &GridPane::applyWidths);
        }
    }
    applyWidths();
}

void GridPane::applyWidths()
{
    QHash<FieldId, int> widths;
    for (const ViewField &field : std::as_const(m_view.fields)) {
        widths.insert(field.field, field.width);
    }
    m_grid->setWidths(widths, m_view.frozen);
}

void GridPane::stepRecord(int by)
{
    m_grid->setCurrent(m_grid->currentRow() + by, m_grid->currentColumn());
}

void GridPane::setWidth(FieldId field, int width)
{
    const auto found = std::find_if(m_view.fields.begin(), m_view.fields.end(),
        [field](const ViewField &each) { return each.field == field; });
    if (found == m_view.fields.end()) {
        m_view.fields += ViewField{field, width, false};
    } else {
        found->width = width;
    }
    applyWidths();
    Q_EMIT viewEdited(m_view);
}

void GridPane::moveField(FieldId field, int to)
{
    // The view names all visible fields from now on, in the new order.
    QList<FieldId> order = m_grid->model()->fields();
    order.move(order.indexOf(field), to);
    QList<ViewField> fields;
    for (const FieldId id : std::as_const(order)) {
        const auto known = std::find_if(m_view.fields.cbegin(), m_view.fields.cend(),
            [id](const ViewField &each) { return each.field == id; });
        fields += known == m_view.fields.cend() ? ViewField{id, 0, false} : *known;
    }
    for (const ViewField &each : std::as_const(m_view.fields)) {
        if (each.isHidden) {
            fields += each;
        }
    }
    m_view.fields = fields;
    Q_EMIT viewEdited(m_view);
}

} // namespace casebase
