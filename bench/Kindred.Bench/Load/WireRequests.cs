using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Bench.Serving;

namespace Kindred.Bench.Load;

/// <summary>Requests with an api key as they go over the wire: all users in random order, events among the questions.</summary>
internal sealed class WireRequests
{
    private readonly byte[][] _questions;
    private readonly byte[][] _events;
    private readonly LoadMode _mode;

    public WireRequests(LoadMode mode, Uri address, LoadSubject subject, Audience audience)
    {
        _mode = mode;
        _questions = [.. audience.Users.Select(user => Of(mode.Path, address, subject, mode.Ask(subject, user)))];
        _events = mode.EventEvery == 0 ? [] : [.. audience.Users.Select((user, i) => Of("/events", address, subject, new JsonObject
        {
            ["trackingId"] = subject.TrackingId, ["userId"] = user, ["sessionId"] = $"bench-{user}",
            ["eventList"] = new JsonArray(new JsonObject
            {
                ["eventType"] = "Watch", ["itemId"] = audience.Items[i % audience.Items.Length], ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            }),
        }))];
    }

    /// <summary>The request that is sent as the n-th, from 0.</summary>
    public byte[] this[long number]
    {
        get
        {
            if (_mode.EventEvery == 0) return _questions[number % _questions.Length];
            var (turn, place) = (number / _mode.EventEvery, number % _mode.EventEvery);
            return place switch
            {
                0 => _events[turn % _events.Length],
                1 => _questions[turn % _questions.Length],
                _ => _questions[(number - 2 * (turn + 1) + _questions.Length / 2) % _questions.Length],
            };
        }
    }

    /// <summary>A script for wrk that sends the same, and says what came of it.</summary>
    /// <param name="path">Where it is written; the requests lie beside it.</param>
    public async Task WriteScriptAsync(string path)
    {
        var (questions, events) = (Path.ChangeExtension(path, ".questions"), Path.ChangeExtension(path, ".events"));
        await WriteAsync(questions, _questions);
        await WriteAsync(events, _events);
        await File.WriteAllTextAsync(path, WrkScript.Of(questions, events, _mode.EventEvery));
    }

    private static async Task WriteAsync(string path, byte[][] requests)
    {
        await using var file = File.Create(path);
        foreach (var request in requests)
        {
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{request.Length}\n")));
            file.Write(request);
        }
    }

    private static byte[] Of(string path, Uri address, LoadSubject subject, JsonObject body)
    {
        var json = body.ToJsonString();
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nx-api-key: {subject.ApiKey}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"));
    }
}
