using System.Globalization;
using System.Text;

namespace Kindred.Bench.Serving;

/// <summary>A script with which wrk replays requests that lie in files beside it, each after a line with its length.</summary>
internal static class WrkScript
{
    /// <param name="path">Where the script is written.</param>
    /// <param name="questions">Whole requests that are sent in turn.</param>
    /// <param name="events">One per question; empty where there are none.</param>
    /// <param name="eventEvery">One request in so many is an event, and the next asks for the user whose event it was; 0 for none.</param>
    public static async Task WriteAsync(string path, byte[][] questions, byte[][] events, int eventEvery)
    {
        var (questionFile, eventFile) = (Path.ChangeExtension(path, ".questions"), Path.ChangeExtension(path, ".events"));
        await WriteAsync(questionFile, questions);
        await WriteAsync(eventFile, events);
        await File.WriteAllTextAsync(path, Of(questionFile, eventFile, eventEvery));
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

    private static string Of(string questions, string events, int eventEvery) => $$"""
        local function read(path)
          local requests, file = {}, assert(io.open(path, 'rb'))
          for length in file:lines() do requests[#requests + 1] = file:read(tonumber(length)) end
          file:close()
          return requests
        end
        local questions, events, every = read('{{questions}}'), read('{{events}}'), {{eventEvery}}
        local sent, user, who = 0, 0, 0
        function request()
          sent = sent + 1
          if every > 0 then
            if sent % every == 0 then
              who = who % #events + 1
              return events[who]
            end
            if sent % every == 1 and who > 0 then return questions[who] end
          end
          user = user % #questions + 1
          return questions[user]
        end
        function done(summary, latency)
          local errors = summary.errors
          io.write(string.format('RESULT %d %d %d %d %d\n', summary.requests, summary.duration,
            errors.status + errors.connect + errors.read + errors.timeout, latency:percentile(50), latency:percentile(99)))
        end

        """;
}
