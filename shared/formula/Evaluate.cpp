// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"
#include "shared/formula/KeyFinder.h"

namespace casebase {

namespace {

FormulaValue evaluated(const Expression &expression, CallContext &context)
{
    switch (expression.kind) {
    case Expression::Kind::Literal:
        return expression.literal;
    case Expression::Kind::FieldValue: {
        const RecordPlace &place = context.places[expression.place];
        const Field *field = place.table->definition().field(expression.field);
        return field && !field->isTrashed
            ? readCell(*place.table, place.row, *field, context.people, context.run)
            : FormulaValue(Fault::MissingField);
    }
    case Expression::Kind::Name:
        return context.names[expression.name];
    case Expression::Kind::Call:
        break;
    }
    if (!context.run.spend(0)) {
        return Fault::TooComplex;
    }
    Arguments arguments(expression, context);
    if (!expression.function->seesFaults && expression.function->enters == Enters::Nothing) {
        if (const FormulaValue *fault = arguments.fault()) {
            return *fault;
        }
    }
    FormulaValue result = expression.function->call(arguments, context);
    if (const auto *text = std::get_if<QString>(&result);
        text && !context.run.spend(text->size())) {
        return Fault::TooComplex;
    }
    return result;
}

/// Finds what an expression reads, following it along links.
class ReadCollector {
public:
    explicit ReadCollector(TableId home) { m_places += FieldRead{{}, home, {}, false}; }

    void visit(const Expression &expression, bool isEntered = false)
    {
        if (expression.kind == Expression::Kind::FieldValue) {
            FieldRead read = m_places[expression.place];
            read.field = expression.field;
            read.isEntered = isEntered;
            add(read);
            return;
        }
        const Enters enters = expression.kind == Expression::Kind::Call
            ? expression.function->enters
            : Enters::Nothing;
        const int keyed = enters == Enters::Key ? m_keyed++ : -1;
        if (expression.kind == Expression::Kind::Call
            && (std::string_view(expression.function->name) == "LAST_MODIFIED_TIME"
                || std::string_view(expression.function->name) == "CREATED_TIME")) {
            add(m_places.last());
        }
        const qsizetype outer = m_places.size();
        for (qsizetype i = 0; i < expression.arguments.size(); ++i) {
            if (i == 1 && enters == Enters::Links) {
                FieldRead inner = m_places[expression.arguments[0].place];
                inner.path += expression.arguments[0].field;
                inner.table = expression.linked;
                m_places += inner;
            } else if (i == 1 && enters == Enters::Key) {
                m_places += FieldRead{{}, expression.linked, {}, false, keyed};
            } else if (i == 3 && enters == Enters::Key) {
                m_places.removeLast(); // What stands for none is in the record itself.
            }
            visit(expression.arguments[i], i == 0 && enters == Enters::Links);
        }
        m_places.resize(outer);
    }

    const QList<FieldRead> &reads() const { return m_reads; }

private:
    void add(const FieldRead &read)
    {
        if (!m_reads.contains(read)) {
            m_reads += read;
        }
    }
    QList<FieldRead> m_places; ///< Without a field: the records that are entered.
    QList<FieldRead> m_reads;
    int m_keyed = 0; ///< Calls that find by a key, met until now.
};

} // namespace

Arguments::Arguments(const Expression &call, CallContext &context)
    : m_call(call)
    , m_context(context)
{
    m_values.resize(call.arguments.size());
}

qsizetype Arguments::size() const
{
    return m_values.size();
}

const FormulaValue &Arguments::operator[](qsizetype i)
{
    std::optional<FormulaValue> &value = m_values[i];
    if (!value) {
        value = evaluated(m_call.arguments[i], m_context);
    }
    return *value;
}

const FormulaValue *Arguments::fault()
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (isFault((*this)[i])) {
            return &*m_values[i];
        }
    }
    return nullptr;
}

QString Arguments::text(qsizetype i)
{
    return i < size() ? asText((*this)[i], m_context.run) : QString();
}

std::optional<double> Arguments::number(qsizetype i)
{
    return i < size() ? asNumber((*this)[i]) : std::nullopt;
}

std::optional<Moment> Arguments::moment(qsizetype i, qint64 grainMs)
{
    return i < size() ? asMoment((*this)[i], m_context.run, grainMs) : std::nullopt;
}

std::optional<QDateTime> Arguments::dateTime(qsizetype i, qint64 grainMs)
{
    const auto when = moment(i, grainMs);
    return when ? std::optional(toQDateTime(*when, m_context.run.zone)) : std::nullopt;
}

std::vector<RecordPlace> Arguments::linked()
{
    std::vector<RecordPlace> found;
    const Expression &link = m_call.arguments[0];
    const RecordPlace &from = m_context.places[link.place];
    const TableData *table =
        m_context.run.tables ? m_context.run.tables->table(m_call.linked) : nullptr;
    const Field *field = from.table->definition().field(link.field);
    if (!table || !field || field->isTrashed) {
        return found;
    }
    for (const Link &each : from.table->allLinks(from.row, *field)) {
        if (const auto row = table->aliveRow(each.record)) {
            found.push_back({table, *row});
        }
    }
    return found;
}

std::variant<Empty, RecordPlace, Fault> Arguments::keyed()
{
    FormulaRun &run = m_context.run;
    const TableData *table = run.tables ? run.tables->table(m_call.linked) : nullptr;
    const Field *field = table ? table->definition().field(m_call.arguments[1].field) : nullptr;
    if (!field || field->isTrashed || table->definition().isTrashed) {
        return Fault::MissingField;
    }
    const QString key = keyText((*this)[0], run);
    if (key.isEmpty()) {
        return {};
    }
    const KeyIndex *kept = run.tables->keys(field->id);
    KeyFinder once(m_context.people, run);
    const KeyIndex &keys = kept ? *kept : (run.finder ? run.finder : &once)->keys(*table, *field);
    const auto row = rowOfKey(*table, *field, key, keys, m_context.people, run);
    return row ? std::variant<Empty, RecordPlace, Fault>(RecordPlace{table, *row}) : Empty();
}

bool Arguments::isSingleLink() const
{
    return m_call.arguments[0].isSingleLink;
}

QString Arguments::constantText(qsizetype i) const
{
    const auto *text = std::get_if<QString>(&m_call.arguments[i].literal);
    return text ? *text : QString();
}

FieldId Arguments::fieldOf(qsizetype i) const
{
    const Expression &argument = m_call.arguments[i];
    const bool isOwn = argument.kind == Expression::Kind::FieldValue
        && argument.place == m_context.places.size() - 1;
    return isOwn ? argument.field : FieldId();
}

FormulaValue Arguments::at(const RecordPlace &place, qsizetype i)
{
    if (!m_context.run.spend(0)) {
        return Fault::TooComplex;
    }
    m_context.places.append(place);
    FormulaValue value = evaluated(m_call.arguments[i], m_context);
    m_context.places.removeLast();
    return value;
}

qsizetype Arguments::count(qsizetype i, qsizetype fallback)
{
    const auto value = number(i);
    return value ? qsizetype(std::clamp(*value, 0.0, 1e6)) : fallback;
}

FormulaValue evaluate(const Expression &expression, const TableData &table, Row row,
    const People &people, FormulaRun &run)
{
    run.steps = FormulaRun::StepLimit;
    run.untilMs = FormulaRun::Always;
    CallContext context{run, people, {}, {}};
    context.places.append({&table, row});
    return evaluated(expression, context);
}

FormulaValue evaluateLinked(const Expression &expression, const RecordPlace &own,
    const RecordPlace &linked, const People &people, FormulaRun &run)
{
    CallContext context{run, people, {}, {}};
    context.places.append(own);
    context.places.append(linked);
    return evaluated(expression, context);
}

bool dependsOnAsker(const Expression &expression)
{
    return (expression.function && expression.function->isAsked)
        || std::any_of(expression.arguments.cbegin(), expression.arguments.cend(), dependsOnAsker);
}

bool comparesRecords(const Expression &expression)
{
    return (expression.function && expression.function->isAsked && !expression.arguments.isEmpty())
        || std::any_of(expression.arguments.cbegin(), expression.arguments.cend(), comparesRecords);
}

QList<const Expression *> keyedCalls(const Expression &expression)
{
    QList<const Expression *> calls;
    if (expression.function && expression.function->enters == Enters::Key) {
        calls += &expression;
    }
    for (const Expression &argument : expression.arguments) {
        calls += keyedCalls(argument);
    }
    return calls;
}

QList<FieldRead> fieldsRead(const Expression &expression, TableId home)
{
    ReadCollector collector(home);
    collector.visit(expression);
    return collector.reads();
}

} // namespace casebase
