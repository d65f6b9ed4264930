using Kindred.Contracts.Usage;
using Kindred.Operations.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Usage;

/// <summary>How much the organisation uses.</summary>
public sealed partial class UsagePage
{
    private static readonly int[] Ranges = [7, 30, 90];
    private int _days = 30;
    private UsageFigures? _view;

    [Inject] private IUsageMeter Meter { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task LoadAsync()
    {
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var counts = await Session.AsAsync(Account, p => Meter.ReadOwnAsync(p, today.AddDays(1 - _days), today, Leaving), Leaving);
        _view = UsageFigures.Of(counts, today, _days);
    }

    private async Task ShowAsync(int days)
    {
        _days = days;
        await TryAsync(LoadAsync);
    }
}
