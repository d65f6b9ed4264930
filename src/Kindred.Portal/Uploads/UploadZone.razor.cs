using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Kindred.Portal.Uploads;

/// <summary>Where a file is dropped or chosen; it goes straight to the server's store.</summary>
public sealed partial class UploadZone
{
    private ElementReference _zone;
    private DotNetObjectReference<UploadZone>? _self;
    private string? _fault;

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public string Project { get; set; } = "";
    [Parameter, EditorRequired] public long MaxBytes { get; set; }
    [Parameter] public string Label { get; set; } = "CSV file";
    /// <summary>Endings of the files that are offered.</summary>
    [Parameter] public string Accept { get; set; } = ".csv,.tsv,.txt,.gz";
    /// <summary>What the file has to be.</summary>
    [Parameter] public string Form { get; set; } = "CSV or tab-separated, plain or gzip, with a header line";
    [Parameter] public string InputId { get; set; } = "upload";
    /// <summary>Called when the file is on disk, with its location.</summary>
    [Parameter] public EventCallback<string> OnUploaded { get; set; }

    private string MostText => MaxBytes >= 1L << 30
        ? (MaxBytes / (double)(1L << 30)).ToString("0.#", CultureInfo.InvariantCulture) + " GiB"
        : (MaxBytes / (double)(1 << 20)).ToString("0.#", CultureInfo.InvariantCulture) + " MiB";

    [JSInvokable]
    public async Task UploadedAsync(string location)
    {
        _fault = null;
        await OnUploaded.InvokeAsync(location);
    }

    [JSInvokable]
    public void Failed(string message)
    {
        _fault = message;
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_self is null) return;
        try
        {
            await Js.InvokeVoidAsync("kindred.detachUpload", _zone);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its upload with it.
        }
        _self.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        await Js.InvokeVoidAsync("kindred.attachUpload", _zone, _self, UploadEndpoint.AddressFor(Account, Project));
    }
}
