using Kindred.Contracts.Audit;
using Kindred.Operations.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Audit;

/// <summary>The organisation's audit trail.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 50;
    private List<AuditEntry>? _entries;
    private Dictionary<string, string> _people = [];
    private string _text = "";
    private bool _hasMore;

    [Inject] private IAuditTrail Trail { get; set; } = default!;
    [Inject] private Identity.Organisations.Members Directory { get; set; } = default!;

    protected override async Task LoadAsync()
    {
        var members = await Session.AsAsync(Account, me => Directory.ListAsync(me, Leaving), Leaving);
        _people = members.ToDictionary(m => $"person/{m.PersonId}", m => m.Email);
        _entries = [];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var query = new AuditQuery
        {
            Text = _text.Length > 0 ? _text : null, Before = _entries is [.., var last] ? last.Number : null, Limit = PageSize,
        };
        var page = await Session.AsAsync(Account, p => Trail.ReadOwnAsync(p, query, Leaving), Leaving);
        _entries!.AddRange(page);
        _hasMore = page.Count == PageSize;
    }

    private async Task MoreAsync() => await TryAsync(ReadAsync);

    private async Task SearchAsync(string? text)
    {
        (_text, _entries) = (text?.Trim() ?? "", []);
        await TryAsync(ReadAsync);
    }

    private string Who(string actor) => _people.GetValueOrDefault(actor, actor);
}
