using Kindred.Bench.Serving;

namespace Kindred.Bench.Load;

/// <summary>Requests with an api key as they go over the wire: all users in random order, events among the questions.</summary>
internal sealed class WireRequests
{
    private readonly byte[][] _questions;
    private readonly byte[][] _events;
    private readonly LoadMode _mode;

    private WireRequests(LoadMode mode, byte[][] questions, byte[][] events) => (_mode, _questions, _events) = (mode, questions, events);

    public static async Task<WireRequests> MakeAsync(LoadMode mode, Uri address, LoadSubject subject, Audience audience)
    {
        using var capture = RequestCapture.WithKey(subject.ApiKey);
        var questions = await capture.PostAllAsync(new Uri(address, mode.Path), audience.Users.Select(user => mode.Ask(subject, user)));
        var events = mode.EventEvery == 0 ? [] : await capture.PostAllAsync(new Uri(address, "/events"), audience.Events(subject.TrackingId));
        return new WireRequests(mode, questions, events);
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
    public Task WriteScriptAsync(string path) => WrkScript.WriteAsync(path, _questions, _events, _mode.EventEvery);
}
