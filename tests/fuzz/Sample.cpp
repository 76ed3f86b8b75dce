// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Sample.h"

#include "shared/field/FieldType.h"

namespace casebase {

namespace {

const People &samplePeople()
{
    static const People people = [] {
        People made;
        made.put(Person{
            UserId(IdBits{5, 1}), QStringLiteral("ann"), QStringLiteral("Ann"), Role::Owner});
        return made;
    }();
    return people;
}

TableData newTable()
{
    Table definition;
    definition.id = TableId(IdBits{1, 1});
    definition.name = QStringLiteral("t");
    for (int kind = 0; kind <= int(FieldKind::Attachments); ++kind) {
        Field field;
        field.id = FieldId(IdBits{2, quint64(kind + 1)});
        field.name = QStringLiteral("f%1").arg(kind);
        field.kind = FieldKind(kind);
        field.options = {{OptionId(IdBits{3, 1}), QStringLiteral("one"), {}},
            {OptionId(IdBits{3, 2}), QStringLiteral("two"), {}}};
        definition.fields += field;
    }
    TableData table;
    table.setDefinition(definition);
    const QStringList texts{QStringLiteral("3"), QStringLiteral("one"),
        QStringLiteral("2026-11-25"), QStringLiteral("Ann"), QStringLiteral("x\ny"), QString()};
    for (int i = 0; i < 30; ++i) {
        const Row row = table.insert(RecordId(IdBits{4, quint64(i + 1)}), i % 7 != 0, {});
        for (const Field &field : definition.fields) {
            const auto value = fieldType(field.kind)
                                   .parse(texts[(i + int(field.kind)) % texts.size()], field,
                                       sampleContext().fields);
            if (value) {
                table.setValue(row, field, value.value());
            }
        }
    }
    return table;
}

} // namespace

QueryContext sampleContext()
{
    return {{samplePeople(), QLocale::c(), QTimeZone::utc(), 1795309200000}, UserId(IdBits{5, 1})};
}

const TableData &sampleTable()
{
    static const TableData table = newTable();
    return table;
}

} // namespace casebase
