using System.Globalization;
using Kindred.Files;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Metadata;

/// <summary>
/// Collects rows of an items or users dataset in any order; of rows with one id the last counts. Each different categorical cell is
/// held once, so a row takes 4 bytes per categorical or numeric column, plus its texts. Not for concurrent use.
/// </summary>
public sealed class AttributeTableBuilder
{
    public const int MaxItemColumns = 100;
    public const int MaxUserColumns = 25;

    private readonly IdTableBuilder _ids = new();
    private readonly IReadOnlyList<AttributeColumn> _columns;
    private readonly CellColumn[] _cells;

    /// <param name="columns">The columns of every row, without that of the id.</param>
    /// <param name="maxColumns">Most columns there may be.</param>
    /// <exception cref="InvalidDataException">There are more columns, or two of one name.</exception>
    public AttributeTableBuilder(IReadOnlyList<AttributeColumn> columns, int maxColumns = MaxItemColumns)
    {
        if (columns.Count > maxColumns)
            throw new InvalidDataException($"There are {columns.Count} metadata columns; at most {maxColumns} were expected.");
        if (columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"The metadata column '{twice.Key}' is there {twice.Count()} times; once was expected.");
        _columns = columns;
        _cells = [.. columns.Select(column => CellColumn.Of(column.Kind))];
    }

    /// <summary>Different ids so far.</summary>
    public int Count => _ids.Count;

    /// <summary>The ids so far, in the order in which they came.</summary>
    public IdTable BuildIds() => _ids.Build();

    /// <summary>Adds the row of <paramref name="id"/>, or replaces it.</summary>
    /// <param name="id">Item or user id.</param>
    /// <param name="values">A value per column, spelled as in a CSV; null or empty = none.</param>
    /// <exception cref="ArgumentException">There is not one value per column.</exception>
    public void Add(ReadOnlySpan<char> id, ReadOnlySpan<string?> values)
    {
        if (values.Length != _cells.Length)
            throw new ArgumentException($"A row has {values.Length} values for {_cells.Length} columns.", nameof(values));
        var row = _ids.Intern(id);
        for (var c = 0; c < _cells.Length; c++)
            _cells[c].Set(row, values[c]);
    }

    /// <summary>Makes sure that the log to be built knows every item of this table, also those without an interaction.</summary>
    internal void InternItems(InteractionLogBuilder interactions)
    {
        var ids = _ids.Build();
        for (var row = 0; row < ids.Count; row++)
            interactions.InternItem(ids[row]);
    }

    /// <summary>Makes sure that the log to be built knows every user of this table, also those without an interaction.</summary>
    internal void InternUsers(InteractionLogBuilder interactions)
    {
        var ids = _ids.Build();
        for (var row = 0; row < ids.Count; row++)
            interactions.InternUser(ids.Bytes(row));
    }

    /// <summary>The table, row by code in <paramref name="ids"/>; ids that are not there are left out. The builder may go on.</summary>
    public AttributeTable Build(IdTable ids)
    {
        var rows = RowsOf(ids);
        IReadOnlyList<T> All<T>(AttributeKind kind, Func<string, CellColumn, T> build) =>
            [.. _columns.Zip(_cells).Where(pair => pair.First.Kind == kind).Select(pair => build(pair.First.Name, pair.Second))];

        return new AttributeTable(
            ids.Count,
            All(AttributeKind.Category, (name, cells) => ((CategoryCells)cells).Build(name, rows)),
            All(AttributeKind.Number, (name, cells) => new NumberColumn(name, ((NumberCells)cells).Build(rows))),
            All(AttributeKind.Text, (name, cells) => new TextColumn(name, ((TextCells)cells).Build(rows))))
        {
            CreationTimes = All(AttributeKind.CreationTime, (_, cells) => ((TimeCells)cells).Build(rows)) is [var times, ..] ? times : null,
        };
    }

    /// <summary>Row of this builder for each code, -1 = none.</summary>
    private int[] RowsOf(IdTable ids)
    {
        var own = _ids.Build();
        var rows = new int[ids.Count];
        Array.Fill(rows, -1);
        for (var row = 0; row < own.Count; row++)
        {
            if (ids.TryFind(own.Bytes(row), out var code))
                rows[code] = row;
        }
        return rows;
    }

    private abstract class CellColumn
    {
        public static CellColumn Of(AttributeKind kind) => kind switch
        {
            AttributeKind.Category => new CategoryCells(),
            AttributeKind.Number => new NumberCells(),
            AttributeKind.Text => new TextCells(),
            _ => new TimeCells(),
        };

        public abstract void Set(int row, string? value);
    }

    private abstract class CellColumn<T>(T none) : CellColumn
    {
        private readonly List<T> _cells = [];

        public override void Set(int row, string? value)
        {
            var cell = string.IsNullOrWhiteSpace(value) ? none : Read(value);
            if (row == _cells.Count)
                _cells.Add(cell);
            else
                _cells[row] = cell;
        }

        public T[] Build(int[] rows) => Array.ConvertAll(rows, row => row < 0 ? none : _cells[row]);

        protected abstract T Read(string value);
    }

    private sealed class NumberCells() : CellColumn<float>(float.NaN)
    {
        protected override float Read(string value) =>
            float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : float.NaN;
    }

    private sealed class TextCells() : CellColumn<string?>(null)
    {
        protected override string? Read(string value) => value;
    }

    private sealed class TimeCells() : CellColumn<long>(AttributeTable.UnknownTime)
    {
        // A domain's schema may say float.
        protected override long Read(string value) =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var time) && Math.Abs(time) < long.MaxValue / 2
                ? (long)time
                : AttributeTable.UnknownTime;
    }

    private sealed class CategoryCells() : CellColumn<int>(-1)
    {
        private readonly Dictionary<string, int> _codes = [];
        private readonly List<string> _different = [];

        public CategoryColumn Build(string name, int[] rows)
        {
            var (values, codes) = (new List<string>(), new Dictionary<string, int>());
            var split = new int[]?[_different.Count];
            var (starts, all) = (new int[rows.Length + 1], new List<int>(rows.Length));
            var cells = Build(rows);
            for (var row = 0; row < rows.Length; row++)
            {
                if (cells[row] >= 0)
                    all.AddRange(split[cells[row]] ??= Split(_different[cells[row]], values, codes));
                starts[row + 1] = all.Count;
            }
            return new CategoryColumn(name, values, starts, [.. all]);
        }

        protected override int Read(string value)
        {
            if (!_codes.TryGetValue(value, out var code))
            {
                _codes.Add(value, code = _different.Count);
                _different.Add(value);
            }
            return code;
        }

        private static int[] Split(string cell, List<string> values, Dictionary<string, int> codes)
        {
            var found = new List<int>();
            foreach (var value in cell.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!codes.TryGetValue(value, out var code))
                {
                    codes.Add(value, code = values.Count);
                    values.Add(value);
                }
                if (!found.Contains(code))
                    found.Add(code);
            }
            return [.. found];
        }
    }
}
