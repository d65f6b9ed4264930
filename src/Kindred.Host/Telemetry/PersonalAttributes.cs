using System.Diagnostics;
using OpenTelemetry;

namespace Kindred.Host.Telemetry;

/// <summary>
/// Takes out of spans what may name a person or a key: paths and queries, the browser, the keys of grains, and the messages of exceptions,
/// which quote what was asked. Routes, interfaces, methods and types stay.
/// </summary>
internal sealed class PersonalAttributes : BaseProcessor<Activity>
{
    private static readonly string[] Removed =
    [
        "url.path", "url.query", "user_agent.original", "client.address",
        "orleans.grain.id", "orleans.activation.id", "orleans.rpc.source_id", "orleans.rpc.target_id",
        "exception.message", "exception.stacktrace",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var name in Removed)
        {
            if (data.GetTagItem(name) is not null) data.SetTag(name, null);
        }
        if (data.StatusDescription is not null) data.SetStatus(data.Status);
    }
}
