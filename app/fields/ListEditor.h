// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldEditor.h"

#include <QLineEdit>
#include <QListWidget>
#include <QStyledItemDelegate>

namespace casebase {

/// Paints entries of a list to choose from: a ground under the current one, a check at what is
/// chosen, and between them what the entry says.
class EntryDelegate : public QStyledItemDelegate {
public:
    static constexpr int ChosenRole = Qt::UserRole;
    static constexpr int FirstRole = Qt::UserRole + 1; ///< That entries may use as they like.

    EntryDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const final
    {
        return {100, 28};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const final;

protected:
    virtual void paintEntry(
        QPainter &painter, const QRect &rect, const QModelIndex &index) const = 0;
    const Theme &theme() const { return m_theme; }

private:
    const Theme &m_theme;
};

/// Chooses from a list that narrows while one types. One choice ends it; where several are chosen
/// it stays until it is left.
class ListEditor : public FieldEditor {
    Q_OBJECT
public:
    void beginWith(const QString &text) override { m_search->setText(text); }

protected:
    ListEditor(const QString &name, bool isMultiple, QWidget *parent);

    /// Puts into the list what fits what is searched for, now or later, and calls filled().
    virtual void fill() = 0;
    /// Enter that was pressed meanwhile chooses now.
    void filled();
    /// Takes the entry, or gives it up if it is chosen already.
    virtual void choose(QListWidgetItem *item) = 0;
    virtual void clear() = 0;

    bool isMultiple() const { return m_isMultiple; }
    QString needle() const { return m_search->text().trimmed(); }
    QLineEdit *search() const { return m_search; }
    QListWidget *list() const { return m_list; }
    /// As large as its list, within reason.
    void fit();
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(const QKeyEvent &key);

    bool m_isMultiple;
    bool m_isFilled = false; ///< The list is the answer to what is searched for.
    bool m_isEnterDue = false;
    QLineEdit *m_search;
    QListWidget *m_list;
};

} // namespace casebase
