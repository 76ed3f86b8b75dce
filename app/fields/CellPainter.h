// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/field/FieldType.h"

#include <QCoreApplication>
#include <QPainter>

namespace casebase {

class Pictures;

/// How the cells of each kind of field look: one place for grid, card and inbox.
class CellPainter {
    Q_DECLARE_TR_FUNCTIONS(CellPainter)
public:
    explicit CellPainter(const Theme &theme)
        : m_theme(theme)
    {
    }

    /// Where attached pictures come from; without it their names are shown.
    void setPictures(Pictures *pictures) { m_pictures = pictures; }

    /// Paints the value into the rectangle, which has its padding inside.
    void paint(QPainter &painter, const QRect &rect, const Value &value, const Field &field,
        const FieldContext &context, const QString &found = {}) const;
    /// A button, pale where it is not offered. Returns where it stands in the cell.
    QRect paintButton(
        QPainter &painter, const QRect &rect, const Field &field, bool isOffered) const;
    QRect buttonRect(const QRect &rect, const Field &field) const;
    /// The icon of the field's kind.
    static QString icon(const Field &field);
    static int defaultWidth(const Field &field);
    /// What is drawn beside the digits takes, where there is room; 0 for nothing.
    static int shapeWidth(const Field &field);
    static bool isRightAligned(FieldKind kind);
    /// What a linked record is shown as.
    static QString linkTitle(const casebase::Link &link);
    /// Where the boxes of linked records stand in a rectangle: in one line as many as have room,
    /// or in lines one below the other, all of them, from the top.
    QList<QRect> linkBoxes(const QRect &rect, const Links &links, bool wraps) const;
    void paintLinkBox(QPainter &painter, const QRect &box, const casebase::Link &link,
        const QString &found) const;
    /// What a cell with a link, an address or a number opens; empty if nothing.
    static QUrl link(const Value &value, const Field &field);
    /// Why a cell holds a fault, in the language of the user.
    static QString reason(Fault fault);
    /// The number whose sign lies at the point of a rating's cell; 0 if none does.
    static int ratingAt(const QRect &rect, const Field &field, const QPoint &point);

private:
    void paintText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment side,
        const QString &found, Tone tone = Tone::Text) const;
    void paintFound(QPainter &painter, const QRect &rect, const QString &text,
        const QFontMetrics &metrics, const QString &found) const;
    void paintOptions(
        QPainter &painter, const QRect &rect, const Options &options, const Field &field) const;
    /// Their name; who is no member any more is said to have left.
    static QString personName(UserId id, const People &people);
    void paintPerson(QPainter &painter, const QRect &rect, UserId id, const People &people) const;
    void paintPersons(
        QPainter &painter, const QRect &rect, const Persons &persons, const People &people) const;
    void paintRating(QPainter &painter, const QRect &rect, const Field &field, int rating) const;
    void paintAmount(QPainter &painter, const QRect &rect, const Field &field, double share,
        const QString &text) const;
    void paintBar(QPainter &painter, const QRect &bar, const Field &field, double share) const;
    void paintProgress(QPainter &painter, const QRect &rect, const Field &field, double share,
        const QString &text) const;
    void paintLinks(
        QPainter &painter, const QRect &rect, const Links &links, const QString &found) const;
    void paintFiles(QPainter &painter, const QRect &rect, const Attachments &files) const;
    void paintThumbnails(QPainter &painter, const QRect &rect, const Attachments &files) const;
    void paintChecklist(QPainter &painter, const QRect &rect, const QString &text) const;

    const Theme &m_theme;
    Pictures *m_pictures = nullptr;
};

} // namespace casebase
