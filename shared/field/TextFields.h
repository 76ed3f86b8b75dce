// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// Text of one line, or of several, and what all kinds that hold a text have in common.
class TextType : public FieldType {
public:
    TextType(const char *apiName, bool isSingleLine)
        : m_apiName(apiName)
        , m_isSingleLine(isSingleLine)
    {
    }

    const char *apiName() const override { return m_apiName; }
    Result<Value> parse(const QString &, const Field &, const FieldContext &) const override;
    QString formatValue(const Value &, const Field &, const FieldContext &) const override;
    Result<Value> accept(const Value &, const Field &, const FieldContext &) const override;
    QJsonValue valueToJson(const Value &, const Field &, const FieldContext &) const override;
    Result<Value> fromJson(const QJsonValue &, const Field &, const FieldContext &) const override;
    int compareFilled(
        const Value &, const Value &, const Field &, const FieldContext &) const override;

protected:
    /// The text as it is kept, or why the field does not take it. Storable, not empty.
    virtual Result<QString> checked(const QString &text, const Field &) const { return text; }

private:
    const char *m_apiName;
    bool m_isSingleLine;
};

const FieldType &singleLineTextType();
const FieldType &multilineTextType();
/// Text in Markdown, kept as it is typed.
const FieldType &richTextType();

} // namespace casebase
