// SPDX-License-Identifier: GPL-3.0-or-later
// What hands do in a GridView: keys, editing, copy and paste.
#include "app/grid/GridView.h"

#include "app/fields/PressQuestion.h"
#include "app/model/ButtonPress.h"
#include "shared/field/SelectFields.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QKeyEvent>
#include <QScrollBar>

namespace casebase {

namespace {

/// Text as spreadsheets put it on the clipboard: tabs, lines, quotes around what holds either.
QString tabbedCell(QString text)
{
    if (text.contains(u'\t') || text.contains(u'\n') || text.contains(u'"')) {
        return u'"' + text.replace(u'"', QLatin1String("\"\"")) + u'"';
    }
    return text;
}

QList<QStringList> tabbedRows(const QString &text)
{
    QList<QStringList> rows{{QString()}};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        QString &cell = rows.last().last();
        if (isQuoted) {
            if (c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
                cell += c;
                ++i;
            } else if (c == u'"') {
                isQuoted = false;
            } else {
                cell += c;
            }
        } else if (c == u'"' && cell.isEmpty()) {
            isQuoted = true;
        } else if (c == u'\t') {
            rows.last() += QString();
        } else if (c == u'\n') {
            rows += QStringList{QString()};
        } else if (c != u'\r') {
            cell += c;
        }
    }
    if (rows.last() == QStringList{QString()} && rows.size() > 1) {
        rows.removeLast();
    }
    return rows;
}

/// The field with the options that the pasted column asks for, if it takes any.
Field withOptionsPasted(Field field, const QList<QStringList> &rows, qsizetype column)
{
    OptionMaker maker(field);
    for (qsizetype r = 0; field.takesNewOptions && r < rows.size(); ++r) {
        maker.add(rows[r].value(column));
    }
    return field;
}

} // namespace

void GridView::move(int rows, int columns, bool extends)
{
    setCurrent(m_row + rows, m_column + columns, extends);
}

void GridView::keyPressEvent(QKeyEvent *event)
{
    if (!m_model) {
        return QAbstractScrollArea::keyPressEvent(event);
    }
    const bool ctrl = event->modifiers() & Qt::ControlModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const int lastRow = m_model->rowCount() - 1;
    const int lastColumn = m_model->columnCount() - 1;
    switch (event->key()) {
    case Qt::Key_Up:
        return ctrl ? setCurrent(0, m_column, shift) : move(-1, 0, shift);
    case Qt::Key_Down:
        return ctrl ? setCurrent(lastRow, m_column, shift) : move(1, 0, shift);
    case Qt::Key_Left:
        return ctrl ? setCurrent(m_row, 0, shift) : move(0, -1, shift);
    case Qt::Key_Right:
        return ctrl ? setCurrent(m_row, lastColumn, shift) : move(0, 1, shift);
    case Qt::Key_PageUp:
        return move(-verticalScrollBar()->pageStep(), 0, shift);
    case Qt::Key_PageDown:
        return move(verticalScrollBar()->pageStep(), 0, shift);
    case Qt::Key_Home:
        horizontalScrollBar()->setValue(0); // A frozen field is seen wherever the rest is.
        return setCurrent(ctrl ? 0 : m_row, 0, shift);
    case Qt::Key_End:
        return setCurrent(ctrl ? lastRow : m_row, lastColumn, shift);
    case Qt::Key_Tab:
        return move(0, 1, false);
    case Qt::Key_Backtab:
        return move(0, -1, false);
    default:
        break;
    }
    if (!handleEditKey(event)) {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool GridView::handleEditKey(QKeyEvent *event)
{
    const bool ctrl = event->modifiers() & Qt::ControlModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool hasRow = m_model->rowCount() > 0;
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (event->matches(QKeySequence::Cut)) {
        copySelection();
        clearSelection();
    } else if (event->matches(QKeySequence::Paste)) {
        paste();
    } else if (event->matches(QKeySequence::SelectAll)) {
        m_anchorRow = m_anchorColumn = 0;
        setCurrent(m_model->rowCount() - 1, m_model->columnCount() - 1, true);
    } else if (isEnter && shift) {
        createRecord();
    } else if (isEnter && ctrl && hasRow && !linkOf(m_row, m_column).isEmpty()) {
        QDesktopServices::openUrl(linkOf(m_row, m_column));
    } else if ((isEnter || event->key() == Qt::Key_F2) && hasRow) {
        editCurrent();
    } else if (event->key() == Qt::Key_Delete && ctrl) {
        deleteSelected();
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        clearSelection();
    } else if (event->key() == Qt::Key_Space && hasRow) {
        Q_EMIT recordActivated(currentRecord());
    } else if (!ctrl && !(event->modifiers() & Qt::AltModifier) && hasRow
        && !event->text().isEmpty() && event->text()[0].isPrint()) {
        editCurrent(event->text());
    } else {
        return false;
    }
    return true;
}

void GridView::editCurrent(const QString &typed)
{
    finishEditing();
    const Field *field = m_model ? m_model->field(m_column) : nullptr;
    if (m_editor || !field || m_row >= m_model->rowCount()) {
        return;
    }
    if (field->kind == FieldKind::Button) {
        return typed.isEmpty() ? pressButton(m_row, m_column) : void();
    }
    if (!m_model->isEditable(m_column)) {
        Q_EMIT refused({ErrorCode::ReadOnlyField, {field->name}, {}});
        return;
    }
    if (field->kind == FieldKind::Checkbox) {
        return toggleCheckbox(m_row, m_column);
    }
    if (field->kind == FieldKind::Rating && typed.size() == 1 && typed[0].isDigit()) {
        return rate(m_row, m_column, std::min(typed[0].digitValue(), field->maximum));
    }
    m_editor = newFieldEditor(m_theme, m_model->choosable(m_row, m_column),
        m_model->value(m_row, m_column), m_model->session().fieldContext(m_model->base()),
        m_model->linkChoices(m_row, m_column), viewport());
    if (!m_editor) {
        Q_EMIT recordActivated(currentRecord()); // files are handled on the card
        return;
    }
    const QRect cell = m_layout.cell(m_row, m_column);
    const QSize good(m_editor->goodWidth(), m_editor->minimumHeight());
    QRect place(cell.topLeft(), good.expandedTo(cell.size() + QSize(1, 1)));
    place.moveRight(std::min(place.right(), viewport()->width() - 1)); // Where all of it is seen.
    place.moveBottom(std::min(place.bottom(), viewport()->height() - 1));
    place.moveTopLeft({std::max(0, place.left()), std::max(0, place.top())});
    m_editor->setGeometry(place);
    if (!typed.isEmpty()) {
        m_editor->beginWith(typed);
    }
    connect(m_editor, &FieldEditor::committed, this, &GridView::commitEditor);
    connect(m_editor, &FieldEditor::cancelled, this, [this] {
        closeEditor();
        setFocus();
    });
    connect(m_editor, &FieldEditor::recordWanted, this, [this](const NewRecord &begun) {
        const FieldId id = m_model->fields()[m_column];
        finishEditing();
        Q_EMIT linkedRecordWanted(m_currentRecord, id, begun);
    });
    m_editor->show();
    m_editor->setFocus();
    Q_EMIT editingChanged(true);
}

void GridView::finishEditing()
{
    if (m_editor) {
        commitEditor(FieldEditor::Step::Stay);
    }
}

void GridView::commitEditor(FieldEditor::Step step)
{
    const Field *field = m_model->field(m_column);
    const auto value = m_editor->value();
    if (!value) {
        Q_EMIT refused(value.error()); // the editor stays, with what was typed
        return;
    }
    QList<Operation> operations = m_editor->preparations();
    QList<CellEdit> cells{
        CellEdit{m_currentRecord, field->id, value.value(), m_model->value(m_row, m_column)}};
    for (const FieldValue &each : m_editor->besides()) {
        cells += CellEdit{m_currentRecord, each.field, each.value, {}};
    }
    closeEditor();
    setFocus();
    operations += EditCells{m_model->table(), cells, false};
    perform(operations, tr("Edit %1").arg(field->name));
    if (step == FieldEditor::Step::Next) {
        move(0, 1, false);
    } else if (step == FieldEditor::Step::Previous) {
        move(0, -1, false);
    } else if (step == FieldEditor::Step::Down) {
        move(1, 0, false);
    }
}

void GridView::closeEditor()
{
    if (m_editor) {
        FieldEditor *editor = std::exchange(m_editor, nullptr);
        editor->disconnect(this);
        editor->hide();
        editor->deleteLater();
        Q_EMIT editingChanged(false);
    }
}

void GridView::write(const QList<CellEdit> &cells, const QString &name)
{
    perform({EditCells{m_model->table(), cells, false}}, name);
}

void GridView::perform(const QList<Operation> &operations, const QString &name)
{
    const auto done = m_undo.perform(m_model->base(), operations, name);
    if (!done) {
        Q_EMIT refused(done.error());
    }
}

void GridView::toggleCheckbox(int row, int column)
{
    if (m_model->isEditable(column)) {
        const Value before = m_model->value(row, column);
        write({CellEdit{m_model->record(row), m_model->fields()[column],
                  isEmpty(before) ? Value(true) : Value(), before}},
            tr("Edit %1").arg(m_model->field(column)->name));
    }
}

void GridView::rate(int row, int column, int rating)
{
    if (m_model->isEditable(column)) {
        write({CellEdit{m_model->record(row), m_model->fields()[column],
                  rating > 0 ? Value(double(rating)) : Value(), m_model->value(row, column)}},
            tr("Edit %1").arg(m_model->field(column)->name));
    }
}

void GridView::pressButton(int row, int column)
{
    const Field button = *m_model->field(column);
    const RecordId record = m_model->record(row);
    if (confirmsPress(button, this)) {
        const Done done = casebase::pressButton(
            m_model->session(), m_undo, m_model->base(), m_model->table(), record, button);
        if (!done) {
            Q_EMIT refused(done.error());
        }
    }
}

void GridView::createRecord()
{
    if (!m_model) {
        return;
    }
    finishEditing();
    if (m_model->asksForValues()) {
        Q_EMIT recordFormRequested();
        return;
    }
    const RecordId id = m_model->session().ids().next<RecordId>();
    const auto done = m_undo.perform(
        m_model->base(), {CreateRecords{m_model->table(), {NewRecord{id, {}}}}}, tr("New record"));
    if (!done) {
        Q_EMIT refused(done.error());
        return;
    }
    const int row = m_model->rowOf(id);
    if (row < 0) {
        Q_EMIT this->done(tr("The new record does not match the filter of this view"));
        return;
    }
    int column = 0;
    while (column < m_model->columnCount() - 1 && !m_model->isEditable(column)) {
        ++column;
    }
    setCurrent(row, column);
}

void GridView::deleteSelected()
{
    const QList<RecordId> records = selectedRecords();
    if (records.isEmpty()) {
        return;
    }
    const auto done = m_undo.perform(m_model->base(), {DeleteRecords{m_model->table(), records}},
        tr("Delete %n record(s)", nullptr, int(records.size())));
    if (!done) {
        Q_EMIT refused(done.error());
    } else {
        Q_EMIT this->done(tr("%n record(s) deleted", nullptr, int(records.size())));
    }
}

void GridView::clearSelection()
{
    const Selection chosen = selection();
    QList<CellEdit> cells;
    for (int row = chosen.firstRow; row <= chosen.lastRow && row < m_model->rowCount(); ++row) {
        for (int column = chosen.firstColumn; column <= chosen.lastColumn; ++column) {
            const Value before = m_model->value(row, column);
            if (m_model->isEditable(column) && !isEmpty(before)) {
                cells += CellEdit{m_model->record(row), m_model->fields()[column], {}, before};
            }
        }
    }
    if (!cells.isEmpty()) {
        write(cells, tr("Clear %n cell(s)", nullptr, int(cells.size())));
    }
}

void GridView::copySelection() const
{
    const Selection chosen = selection();
    QString text;
    for (int row = chosen.firstRow; row <= chosen.lastRow && row < m_model->rowCount(); ++row) {
        QStringList cells;
        for (int column = chosen.firstColumn; column <= chosen.lastColumn; ++column) {
            cells += tabbedCell(m_model->wholeText(row, column));
        }
        text += cells.join(u'\t') + u'\n';
    }
    text.chop(1);
    QApplication::clipboard()->setText(text);
}

void GridView::paste()
{
    const QString text = QApplication::clipboard()->text();
    if (!text.isEmpty()) {
        pasteInto(tabbedRows(text));
    }
}

void GridView::pasteInto(const QList<QStringList> &rows)
{
    finishEditing();
    const FieldContext context = m_model->session().typingContext(m_model->base());
    EditCells edit{m_model->table(), {}, false};
    CreateRecords create{m_model->table(), {}};
    int skipped = 0;
    QList<Operation> operations;
    QList<Field> fields; // of the columns from the first selected one on
    for (int c = 0; selection().firstColumn + c < m_model->columnCount(); ++c) {
        const Field field = *m_model->field(selection().firstColumn + c);
        fields += withOptionsPasted(field, rows, c);
        if (fields.last().options.size() > field.options.size()) {
            operations += AddOptions{field.id, fields.last().options.mid(field.options.size())};
        }
    }
    for (qsizetype r = 0; r < rows.size(); ++r) {
        const int row = selection().firstRow + int(r);
        NewRecord record{m_model->session().ids().next<RecordId>(), {}};
        for (qsizetype c = 0; c < rows[r].size(); ++c) {
            const int column = selection().firstColumn + int(c);
            const Field *field = c < fields.size() ? &fields[c] : nullptr;
            if (!field || !m_model->isEditable(column)) {
                ++skipped;
                continue;
            }
            const auto value = fieldType(field->kind).parse(rows[r][c], *field, context);
            if (!value) {
                ++skipped;
            } else if (row < m_model->rowCount()) {
                edit.cells += CellEdit{
                    m_model->record(row), field->id, value.value(), m_model->value(row, column)};
            } else if (!isEmpty(value.value())) {
                record.values += FieldValue{field->id, value.value()};
            }
        }
        if (row >= m_model->rowCount()) {
            create.records += record;
        }
    }
    if (!edit.cells.isEmpty()) {
        operations += edit;
    }
    if (!create.records.isEmpty()) {
        operations += create;
    }
    const auto done = m_undo.perform(m_model->base(), operations, tr("Paste"));
    if (!done) {
        Q_EMIT refused(done.error());
    } else if (skipped > 0) {
        Q_EMIT this->done(tr("%n cell(s) did not fit and were left out", nullptr, skipped));
    }
}

} // namespace casebase
