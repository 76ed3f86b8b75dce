// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/CellPainter.h"
#include "app/fields/FieldEditor.h"
#include "shared/field/ChecklistField.h"

namespace casebase {

/// One field of a record on a card: its name, its value, and an editor in its place when it may be
/// edited. A border means editable.
class FieldRow final : public QWidget {
    Q_OBJECT
public:
    FieldRow(const Theme &theme, const Field &field, bool isEditable, QWidget *parent);

    const Field &field() const { return m_field; }
    const Value &value() const { return m_value; }
    /// Ignored while the person types.
    void setValue(const Value &value, const FieldContext &context);
    /// For a select that hangs on another one: what that holds.
    void setParentValue(const Value &value);
    /// For a field of links: what they can lead to. Without it they are not edited.
    void setLinkChoices(const std::function<LinkChoices *()> &newChoices);
    /// Where attached pictures come from; without it their names are shown.
    void setPictures(Pictures *pictures);
    /// For a button: whether it can be pressed now.
    void setOffered(bool isOffered);
    void edit();
    void setRefused(const QString &sentence);
    /// Which of its rules, which only warn, the value breaks; empty for none.
    void setWarning(const QString &sentence);
    /// Takes what is being typed, as Enter does.
    void finishEditing();
    bool isEditing() const { return m_editor != nullptr; }

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    /// `preparations` come before the value can be written, `besides` with it.
    void edited(FieldId field, const Value &before, const Value &value,
        const QList<Operation> &preparations = {}, const QList<FieldValue> &besides = {});
    void filesClicked(FieldId field);
    void pressed(FieldId button);
    /// As of the editor.
    void recordWanted(FieldId field, const casebase::NewRecord &begun);
    void recordClicked(TableId table, RecordId record);
    /// A sensitive text is to be read.
    void revealWanted(FieldId field);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QRect valueRect() const;
    QRect linkRect() const;
    QUrl link() const;
    /// Only a mask is shown of what it holds.
    bool isHidden() const { return std::holds_alternative<Sealed>(m_value); }
    bool isRich() const { return m_field.kind == FieldKind::RichText && !isEmpty(m_value); }
    Links links() const;
    QRect linksRect() const;
    void paintLinks(QPainter &painter) const;
    bool isFiles() const { return valueTypeOf(m_field.kind) == ValueType::Files; }
    Checklist checklist() const;
    /// Where the box of each item stands; the text is to the right of it.
    QList<QRect> checklistBoxes() const;
    void paintChecklist(QPainter &painter) const;
    bool tickAt(const QPoint &at);
    int blockHeight() const;
    void paintBlock(QPainter &painter) const;
    QRect blockRect() const;
    QPixmap code() const;
    /// The linked record whose box lies there; null if none does.
    RecordId linkedAt(const QPoint &at) const;
    /// What takes several lines on a card of that width.
    QString longText(int width) const;
    void finish(bool keep);
    void take(const Value &value, const QList<Operation> &preparations = {},
        const QList<FieldValue> &besides = {});
    void rate(int rating);
    void openLink();
    void updateTip();
    /// What is said below the value.
    const QString &note() const { return m_refused.isEmpty() ? m_warning : m_refused; }
    int noteHeight(int width) const;
    int lockWidth() const;

    const Theme &m_theme;
    CellPainter m_cells;
    Field m_field;
    bool m_isEditable;
    Value m_value;
    Value m_parentValue;
    People m_people;
    std::function<LinkChoices *()> m_newChoices;
    bool m_isOffered = true;
    FieldEditor *m_editor = nullptr;
    QString m_refused;
    QString m_warning;
};

} // namespace casebase
