// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid/GridAccessible.h"

namespace casebase {

namespace {

/// One value of the grid. Lives as long as the table keeps it; says nothing once its row is gone.
class GridCellAccessible final : public QAccessibleInterface,
                                 public QAccessibleTableCellInterface,
                                 public QAccessibleActionInterface {
public:
    GridCellAccessible(const GridAccessible &table, int row, int column)
        : m_table(table)
        , m_row(row)
        , m_column(column)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableCellInterface) {
            return static_cast<QAccessibleTableCellInterface *>(this);
        }
        return type == QAccessible::ActionInterface
            ? static_cast<QAccessibleActionInterface *>(this)
            : nullptr;
    }
    bool isValid() const override { return grid() && isThere(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return const_cast<GridAccessible *>(&m_table); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QRect rect() const override
    {
        const QRect cell = grid()->cellRect(m_row, m_column);
        return QRect(grid()->viewport()->mapToGlobal(cell.topLeft()), cell.size());
    }
    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        const TableModel &model = *grid()->model();
        switch (kind) {
        case QAccessible::Name:
        case QAccessible::Value:
            return model.text(m_row, m_column);
        case QAccessible::Description:
            return model.field(m_column)->name;
        default:
            return {};
        }
    }
    void setText(QAccessible::Text kind, const QString &text) override
    {
        if (kind == QAccessible::Value && isThere()) {
            TableModel &model = *grid()->model();
            model.setData(model.index(m_row, m_column), text, Qt::EditRole);
        }
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.invalid = !isThere();
        state.focused = isSelected() && grid()->hasFocus();
        state.selected = isSelected();
        state.readOnly = isThere() && !grid()->model()->isEditable(m_column);
        return state;
    }

    bool isSelected() const override
    {
        return grid()->currentRow() == m_row && grid()->currentColumn() == m_column;
    }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    void doAction(const QString &name) override
    {
        if (!isThere()) {
            return;
        }
        grid()->setFocus();
        grid()->setCurrent(m_row, m_column);
        if (name == pressAction()) {
            grid()->editCurrent();
        }
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    GridView *grid() const { return m_table.grid(); }
    bool isThere() const
    {
        const TableModel *model = grid()->model();
        return model && m_row < model->rowCount() && m_column < model->columnCount();
    }

    const GridAccessible &m_table;
    int m_row;
    int m_column;
};

QAccessibleInterface *newGridAccessible(const QString &, QObject *object)
{
    auto *grid = qobject_cast<GridView *>(object);
    return grid ? new GridAccessible(grid) : nullptr;
}

} // namespace

void installGridAccessible()
{
    static bool isInstalled = false;
    if (!isInstalled) {
        QAccessible::installFactory(newGridAccessible);
        isInstalled = true;
    }
}

GridAccessible::GridAccessible(GridView *grid)
    : QAccessibleWidget(grid, QAccessible::Table)
{
}

GridAccessible::~GridAccessible()
{
    forgetCells();
}

GridView *GridAccessible::grid() const
{
    return static_cast<GridView *>(widget());
}

void *GridAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                               : QAccessibleWidget::interface_cast(type);
}

int GridAccessible::rowCount() const
{
    return grid()->model() ? grid()->model()->rowCount() : 0;
}

int GridAccessible::columnCount() const
{
    return grid()->model() ? grid()->model()->columnCount() : 0;
}

int GridAccessible::childCount() const
{
    return int(
        std::min<qint64>(qint64(rowCount()) * columnCount(), std::numeric_limits<int>::max()));
}

QAccessibleInterface *GridAccessible::child(int index) const
{
    const int columns = columnCount();
    return columns > 0 ? cellAt(index / columns, index % columns) : nullptr;
}

QAccessibleInterface *GridAccessible::cellAt(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount()) {
        return nullptr;
    }
    const int index = row * columnCount() + column;
    if (const auto known = m_cells.constFind(index); known != m_cells.cend()) {
        return QAccessible::accessibleInterface(*known);
    }
    auto *cell = new GridCellAccessible(*this, row, column);
    m_cells.insert(index, QAccessible::registerAccessibleInterface(cell));
    return cell;
}

QAccessibleInterface *GridAccessible::childAt(int x, int y) const
{
    const auto [row, column] = grid()->cellAt(grid()->viewport()->mapFromGlobal(QPoint(x, y)));
    return cellAt(row, column);
}

QAccessibleInterface *GridAccessible::focusChild() const
{
    return grid()->hasFocus() ? cellAt(grid()->currentRow(), grid()->currentColumn()) : nullptr;
}

int GridAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    if (!child || child->role() != QAccessible::Cell) {
        return -1;
    }
    const auto *cell = const_cast<QAccessibleInterface *>(child)->tableCellInterface();
    return cell ? cell->rowIndex() * columnCount() + cell->columnIndex() : -1;
}

int GridAccessible::selectedCellCount() const
{
    return rowCount() > 0 ? 1 : 0;
}

QList<QAccessibleInterface *> GridAccessible::selectedCells() const
{
    QAccessibleInterface *current = cellAt(grid()->currentRow(), grid()->currentColumn());
    return current ? QList<QAccessibleInterface *>{current} : QList<QAccessibleInterface *>();
}

QString GridAccessible::columnDescription(int column) const
{
    const Field *field = grid()->model() ? grid()->model()->field(column) : nullptr;
    return field ? field->name : QString();
}

QString GridAccessible::rowDescription(int row) const
{
    return QString::number(row + 1);
}

bool GridAccessible::selectRow(int row)
{
    grid()->setCurrent(row, grid()->currentColumn());
    return true;
}

bool GridAccessible::selectColumn(int column)
{
    grid()->setCurrent(grid()->currentRow(), column);
    return true;
}

void GridAccessible::modelChange(QAccessibleTableModelChangeEvent *)
{
    forgetCells();
}

void GridAccessible::forgetCells()
{
    for (const QAccessible::Id id : std::as_const(m_cells)) {
        QAccessible::deleteAccessibleInterface(id);
    }
    m_cells.clear();
}

} // namespace casebase
