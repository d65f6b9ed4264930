namespace Kindred.Serving.Filters;

internal enum FilterTokenKind
{
    Word,
    Number,
    Text,
    Parameter,
    Symbol,
    End,
}

/// <param name="Text">Of a text without its quotes, of a parameter without its <c>$</c>.</param>
/// <param name="Column">From 1.</param>
/// <param name="End">The column behind it.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Column, int End)
{
    public bool Is(string word) => Kind is FilterTokenKind.Word or FilterTokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>As a message shows it.</summary>
    public string Shown => Kind switch
    {
        FilterTokenKind.End => "the end",
        FilterTokenKind.Text => $"\"{Text}\"",
        FilterTokenKind.Parameter => $"${Text}",
        _ => $"'{Text}'",
    };
}
