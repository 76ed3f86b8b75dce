// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

namespace casebase {

namespace {

using Functions = QHash<QString, Function>;

const Functions &builtIn()
{
    static const Functions functions = [] {
        Functions all;
        for (const QList<Function> &family : {logicFunctions(), numberFunctions(), textFunctions(),
                 patternFunctions(), dateFunctions(), workdayFunctions(), listFunctions(),
                 linkFunctions(), dayFunctions(), askedFunctions()}) {
            for (const Function &function : family) {
                all.insert(QString::fromLatin1(function.name), function);
            }
        }
        return all;
    }();
    return functions;
}

/// The names that other products have for the same.
const QHash<QString, QString> &synonyms()
{
    static const QHash<QString, QString> names = [] {
        QHash<QString, QString> all;
        for (const auto &[name, other] : {std::pair("DATEADD", "DATE_ADD"), {"DATEADD", "ADD_DATE"},
                 {"IS_ERROR", "ISERROR"}, {"AVERAGE", "AVG"}, {"IS_BLANK", "ISBLANK"},
                 {"IS_NOT_BLANK", "ISNOTBLANK"}, {"DATESTR", "DATE_STR"}, {"DATESTR", "ISODATE"},
                 {"COALESCE", "IFNULL"}, {"MAX", "GREATEST"}, {"MIN", "LEAST"},
                 {"REGEX_REPLACE", "REGEXP_REPLACE"}, {"REGEX_MATCH", "REGEXP_MATCH"},
                 {"REGEX_EXTRACT", "REGEXP_EXTRACT"}, {"ENCODE_URL_COMPONENT", "URLENCODE"},
                 {"ENCODE_URL_COMPONENT", "ENCODEURL"}, {"WORKDAY_DIFF", "NETWORKDAYS"},
                 {"FROMNOW", "TONOW"}, {"+", "ADD"}, {"-", "SUBTRACT"}, {"*", "MULTIPLY"},
                 {"/", "DIVIDE"}, {"=", "EQUAL"}, {"!=", "UNEQUAL"}, {">", "GREATER"},
                 {"<", "LESSTHAN"}, {">=", "GREATEREQ"}, {"<=", "LESSTHANEQ"}, {"=", "=="},
                 {"!=", "<>"}, {"CONCATENATE", "CONCAT"}, {"REPT", "REPEAT"}, {"LEN", "LENGTH"},
                 {"TEXT", "NUMBER_FORMAT"}, {"ARRAYJOIN", "ARRAY_JOIN"},
                 {"ARRAYUNIQUE", "ARRAY_UNIQUE"}, {"ARRAYFLATTEN", "ARRAY_FLATTEN"},
                 {"ARRAYCOMPACT", "ARRAY_COMPACT"}, {"ARRAYSLICE", "ARRAY_SLICE"}}) {
            all.insert(QString::fromLatin1(other), QString::fromLatin1(name));
        }
        return all;
    }();
    return names;
}

} // namespace

const Function *functionNamed(const QString &name)
{
    const QString upper = name.toUpper();
    const auto found = builtIn().constFind(synonyms().value(upper, upper));
    return found == builtIn().cend() ? nullptr : &*found;
}

QList<const Function *> allFunctions()
{
    QList<const Function *> functions;
    for (const Function &function : builtIn()) {
        if (function.sentence[0] != '\0') {
            functions += &function;
        }
    }
    std::sort(functions.begin(), functions.end(),
        [](const Function *a, const Function *b) { return std::string_view(a->name) < b->name; });
    return functions;
}

} // namespace casebase
