// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/ErrorCode.h"

#include <QString>
#include <QStringList>

#include <utility>
#include <variant>

namespace casebase {

/// Why an expected failure happened. The code crosses the wire and picks the sentence that people
/// read (ErrorText.h); `arguments` fill it in; `detail` is for logs only, never shown or parsed.
struct Error {
    ErrorCode code = ErrorCode::Invalid;
    QStringList arguments;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

/// Either a value or the Error that prevented it. Reading the wrong side is a programmer error.
template <class T = std::monostate> class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_state.index() == 0; }

    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// The Result of doing something that yields nothing: `return Ok;`
using Done = Result<std::monostate>;
inline constexpr std::monostate Ok{};

} // namespace casebase

/// Leaves the function with the Error, or goes on.   TRY(store.append(op));
#define TRY(expression)                                                                            \
    do {                                                                                           \
        if (auto try_result_ = (expression); !try_result_) {                                       \
            return try_result_.error();                                                            \
        }                                                                                          \
    } while (false)

/// The same, and names the value.   TRY_SET(const auto def, schema.table(id));
#define TRY_SET(declaration, expression) TRY_SET_(declaration, expression, __LINE__)
#define TRY_SET_(declaration, expression, line) TRY_SET__(declaration, expression, line)
#define TRY_SET__(declaration, expression, line)                                                   \
    auto try_result_##line = (expression);                                                         \
    if (!try_result_##line) {                                                                      \
        return try_result_##line.error();                                                          \
    }                                                                                              \
    declaration = std::move(try_result_##line).value()
