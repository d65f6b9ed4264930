using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Kindred.Bench.Portal;

/// <summary>An open page of the portal: what a browser's script says to the server, without the browser.</summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly Uri _address;
    private TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Circuit(HubConnection hub, Uri address)
    {
        (_hub, _address) = (hub, address);
        hub.On<long, byte[]>("JS.RenderBatch", OnBatchAsync);
        hub.On<long, string, string, int, long, int>("JS.BeginInvokeJS", OnCallAsync);
        hub.On<string>("JS.Error", text => Error = text);
    }

    public int Batches { get; private set; }
    public long BatchBytes { get; private set; }
    /// <summary>What the server said when it gave the circuit up; null while it lives.</summary>
    public string? Error { get; private set; }

    /// <summary>Gets the page, then makes it live as the page's script does.</summary>
    public static async Task<Circuit> OpenAsync(PortalVisitor visitor, string path, CancellationToken stop)
    {
        var html = await visitor.GetAsync(path, stop);
        var markers = Marker().Matches(html).Select(m => m.Groups[1].Value).Where(m => m.Contains("\"descriptor\"", StringComparison.Ordinal));
        var state = State().Match(html).Groups[1].Value;
        var builder = new HubConnectionBuilder().WithUrl(new Uri(visitor.Address, "_blazor"), options =>
        {
            options.Cookies = visitor.Cookies;
            options.Transports = HttpTransportType.WebSockets;
            options.Headers["Origin"] = visitor.Address.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        var circuit = new Circuit(builder.Build(), visitor.Address);
        await circuit._hub.StartAsync(stop);
        var page = new Uri(visitor.Address, path).ToString();
        var id = await circuit._hub.InvokeAsync<string?>("StartCircuit", visitor.Address.ToString(), page, "[]", state, stop);
        if (string.IsNullOrEmpty(id)) throw new InvalidOperationException($"The server started no circuit for {path}.");
        var operations = markers.Select((marker, i) =>
            $$"""{"type":"add","ssrComponentId":{{(i + 1).ToString(CultureInfo.InvariantCulture)}},"marker":{{marker}}}""");
        var first = circuit._rendered.Task;
        await circuit._hub.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state, stop);
        await first.WaitAsync(TimeSpan.FromSeconds(60), stop);
        return circuit;
    }

    /// <summary>Follows a link within the portal; completes with the first picture of the new page.</summary>
    public async Task GoAsync(string path, CancellationToken stop)
    {
        var next = _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _hub.SendAsync("OnLocationChanged", new Uri(_address, path).ToString(), null, true, stop);
        await next.Task.WaitAsync(TimeSpan.FromSeconds(60), stop);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private async Task OnBatchAsync(long id, byte[] batch)
    {
        Batches++;
        BatchBytes += batch.Length;
        _rendered.TrySetResult();
        await _hub.SendAsync("OnRenderCompleted", id, null);
    }

    /// <summary>Scripts are answered with nothing.</summary>
    private async Task OnCallAsync(long handle, string name, string arguments, int resultType, long target, int callType)
    {
        if (handle == 0) return;
        await _hub.SendAsync("EndInvokeJSFromDotNet", handle, true, string.Create(CultureInfo.InvariantCulture, $"[{handle},true,null]"));
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->", RegexOptions.Singleline)] private static partial Regex Marker();
    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)] private static partial Regex State();
}
