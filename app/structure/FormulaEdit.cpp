// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/FormulaEdit.h"

#include "app/fields/CellPainter.h"
#include "app/widgets/Parts.h"
#include "shared/formula/Asker.h"
#include "shared/formula/CellValue.h"
#include "shared/support/ErrorText.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int InsertRole = Qt::UserRole;
constexpr int ResultsShown = 5;

QString fieldText(const QString &name)
{
    QString quoted = name;
    quoted.replace(u'\\', QLatin1String("\\\\")).replace(u'}', QLatin1String("\\}"));
    return u'{' + quoted + u'}';
}

QString signature(const Function &function)
{
    return QStringLiteral("%1(%2)").arg(
        QString::fromLatin1(function.name), QString::fromUtf8(function.parameters));
}

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

} // namespace

FormulaEdit::FormulaEdit(const Theme &theme, const TableData &table, const Document &document,
    const FieldContext &context, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_table(table)
    , m_document(document)
    , m_people(context.people)
    , m_context{m_people, context.locale, context.zone, context.nowMs}
    , m_finder(m_people, {context.nowMs, context.zone, &document})
    , m_text(new QPlainTextEdit)
    , m_completer(new QCompleter(this))
    , m_help(newLabel({}, "small"))
    , m_results(newLabel({}, "small"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_text->setAccessibleName(tr("Formula"));
    m_text->setPlaceholderText(tr("for example {Price}*{Count}; type { for a field"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(92);
    layout->addWidget(m_text);
    for (QLabel *label : {m_help, m_results}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }

    auto *choices = new QStandardItemModel(this);
    const auto add = [&](const Field &field, const QString &name, const QString &text) {
        auto *item = new QStandardItem(theme.buttonIcon(CellPainter::icon(field)), name);
        item->setData(text, InsertRole);
        choices->appendRow(item);
    };
    for (const Field &field : table.definition().liveFields()) {
        add(field, field.name, fieldText(field.name));
    }
    for (const Field &field : table.definition().liveFields()) {
        const TableData *far =
            field.kind == FieldKind::Links ? document.table(field.link.table) : nullptr;
        for (const Field &each : far ? far->definition().liveFields() : QList<Field>()) {
            add(each, field.name + u'.' + each.name,
                fieldText(field.name) + u'.' + fieldText(each.name));
        }
    }
    for (const TableId id : document.liveTables()) { // Where keys are looked up.
        const Table &other = document.table(id)->definition();
        for (const Field &each : other.liveFields()) {
            add(each, other.name + u'.' + each.name,
                fieldText(other.name) + u'.' + fieldText(each.name));
        }
    }
    for (const Function *function : allFunctions()) {
        auto *item = new QStandardItem(
            theme.buttonIcon(QStringLiteral("formula")), QString::fromLatin1(function->name));
        item->setData(QString::fromLatin1(function->name) + u'(', InsertRole);
        choices->appendRow(item);
    }
    m_completer->setModel(choices);
    m_completer->setWidget(m_text);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->setMaxVisibleItems(9);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
        [this](const QModelIndex &index) { insert(index.data(InsertRole).toString()); });
    m_text->installEventFilter(this);
    m_completer->popup()->installEventFilter(this); // It gets the keys while it is open.
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        read();
        if (m_asker) {
            Field truth;
            truth.kind = FieldKind::Checkbox;
            showResultsAs(truth);
        }
        offer();
        Q_EMIT changed();
    });
    connect(m_text, &QPlainTextEdit::cursorPositionChanged, this, &FormulaEdit::explain);
    setFocusProxy(m_text);
}

void FormulaEdit::showsTruth(UserId me)
{
    m_asker = me;
    m_text->setPlaceholderText(
        tr("for example {State}=\"open\" && WITHIN({Due},\"this week\"); type { for a field"));
}

void FormulaEdit::setFormula(const QString &formula)
{
    m_text->setPlainText(withNames(formula, m_table.definition(), &m_document));
}

QString FormulaEdit::formula() const
{
    return m_text->toPlainText();
}

void FormulaEdit::read()
{
    m_expression = parseExpression(formula(), m_table.definition(), &m_document);
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_expression && !formula().isEmpty()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_text->document());
        const int size = int(formula().size());
        const int at = std::clamp(m_expression.error().arguments.value(0).toInt() - 1, 0, size);
        mark.cursor.setPosition(std::max(0, std::min(at, size - 1)));
        mark.cursor.movePosition(QTextCursor::EndOfWord, QTextCursor::KeepAnchor);
        if (!mark.cursor.hasSelection()) {
            mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        }
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(m_theme.colour(Tone::Danger));
        marks += mark;
    }
    m_text->setExtraSelections(marks);
    explain();
}

/// The word that is being typed, with the brace that begins a field's name.
QString FormulaEdit::wordBefore() const
{
    const QString text = formula().left(m_text->textCursor().position());
    const qsizetype brace = text.lastIndexOf(u'{');
    qsizetype start = text.size();
    if (brace >= 0 && text.indexOf(u'}', brace) < 0) {
        start = brace;
    } else {
        while (start > 0 && isWordPart(text[start - 1])) {
            --start;
        }
    }
    // With the link that a field of another table stands behind.
    return QStringView(text).left(start).endsWith(u"}.")
        ? text.mid(text.lastIndexOf(u'{', start - 2))
        : text.mid(start);
}

void FormulaEdit::offer()
{
    const QString word = wordBefore();
    const QString wanted = QString(word).remove(u'{').remove(u'}');
    if (word.isEmpty() || !m_text->hasFocus() || word[0].isDigit()) {
        return m_completer->popup()->hide();
    }
    m_completer->setCompletionPrefix(wanted);
    const bool isWhole = m_completer->completionCount() == 1
        && m_completer->currentCompletion().compare(wanted, Qt::CaseInsensitive) == 0
        && !word.startsWith(u'{');
    if (m_completer->completionCount() == 0 || isWhole) {
        return m_completer->popup()->hide();
    }
    // What begins so is meant more often than what only contains it.
    const QAbstractItemModel &offered = *m_completer->completionModel();
    int best = 0;
    while (best + 1 < offered.rowCount()
        && !offered.index(best, 0).data().toString().startsWith(wanted, Qt::CaseInsensitive)) {
        ++best;
    }
    const bool isFound =
        offered.index(best, 0).data().toString().startsWith(wanted, Qt::CaseInsensitive);
    m_completer->popup()->setCurrentIndex(offered.index(isFound ? best : 0, 0));
    QRect place = m_text->cursorRect();
    place.setWidth(240);
    m_completer->complete(place.translated(m_text->viewport()->pos()));
}

void FormulaEdit::insert(const QString &text)
{
    QTextCursor cursor = m_text->textCursor();
    cursor.movePosition(
        QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor, int(wordBefore().size()));
    cursor.insertText(text);
    m_text->setTextCursor(cursor);
    m_completer->popup()->hide();
}

bool FormulaEdit::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && watched == m_completer->popup()) {
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            insert(m_completer->popup()->currentIndex().data(InsertRole).toString());
            return true;
        case Qt::Key_Escape:
            m_completer->popup()->hide();
            return true;
        default:
            break;
        }
    }
    if (key && key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
        m_completer->setCompletionPrefix({});
        m_completer->complete(m_text->cursorRect());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

/// What is wrong, or what the function at the cursor does.
void FormulaEdit::explain()
{
    if (!m_expression && !formula().isEmpty() && !m_completer->popup()->isVisible()) {
        setTone(m_help, "tone", QStringLiteral("danger"));
        m_help->setText(localisedSentence(m_expression.error()));
        fitLabels();
        return;
    }
    setTone(m_help, "tone", QStringLiteral("small"));
    const QString text = formula();
    const Function *function = nullptr;
    // The innermost call that is open before the cursor.
    int depth = 0;
    for (qsizetype i = m_text->textCursor().position() - 1; i >= 0 && !function; --i) {
        depth += text[i] == u')' ? 1 : text[i] == u'(' ? -1 : 0;
        if (text[i] == u'(' && depth < 0) {
            qsizetype start = i;
            while (start > 0 && isWordPart(text[start - 1])) {
                --start;
            }
            function = functionNamed(text.mid(start, i - start));
            depth = 0;
        }
    }
    m_help->setText(function && function->sentence[0] != '\0'
            ? tr("%1: %2 Example: %3")
                  .arg(signature(*function),
                      QCoreApplication::translate("Function", function->sentence),
                      QString::fromUtf8(function->example))
            : tr("Fields stand in braces. Ctrl+Space shows all fields and functions."));
    fitLabels();
}

void FormulaEdit::showResultsAs(const Field &field)
{
    QStringList lines;
    Asker asker(m_asker.value_or(UserId()));
    const Field *primary = m_table.definition().primaryField();
    for (Row row = 0; m_expression && row < m_table.rowCount() && lines.size() < ResultsShown;
         ++row) {
        if (!m_table.isAlive(row)) {
            continue;
        }
        FormulaRun run({m_context.nowMs, m_context.zone, &m_document, &asker, &m_finder});
        const Value value =
            cellOf(evaluate(m_expression.value(), m_table, row, m_people, run), field.kind, run);
        const QString name =
            fieldType(primary->kind).format(m_table.value(row, *primary), *primary, m_context);
        const QString shown = m_asker ? (isEmpty(value) ? tr("no") : tr("yes"))
            : isEmpty(value)          ? tr("empty")
                             : fieldType(field.kind).format(value, field, m_context).left(80);
        lines += tr("%1 → %2").arg(name.left(40), shown);
    }
    m_results->setText(lines.join(u'\n'));
    m_results->setVisible(!lines.isEmpty());
    fitLabels();
}

void FormulaEdit::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitLabels();
}

void FormulaEdit::fitLabels()
{
    for (QLabel *label : {m_help, m_results}) {
        label->setMinimumHeight(label->heightForWidth(std::max(200, width())));
    }
}

} // namespace casebase
