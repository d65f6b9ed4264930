using System.Buffers;
using Kindred.Files.Csv;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Numerics.Threading;
using Kindred.Serving.Batches;
using Kindred.Storage.Batches;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Batches;

/// <summary>Answers inputs, chunk by chunk, on several threads: a chunk of lines goes in, and a part of the output is on disk.</summary>
/// <param name="session">What answers.</param>
/// <param name="numResults">Results of each answer; null: the default.</param>
/// <param name="threads">At least 1. They step back for others as the calling thread does.</param>
/// <param name="run">Hears how far the work is.</param>
/// <param name="totalBytes">Bytes of all inputs.</param>
/// <param name="answered">Hears how many lines were answered, as soon as their answers are on disk.</param>
internal sealed class BatchWork(BatchSession session, int? numResults, int threads, JobRun run, long totalBytes, Action<int> answered)
{
    /// <summary>Results in one part: a few megabytes, or one line if that has more.</summary>
    private const int ResultsPerPart = 50_000;
    private const int BytesPerChunk = 4 << 20;
    private const int LinesTogether = 16;

    // The same for every attempt, whatever machine makes it: parts are known by where they begin.
    private readonly LineChunk _chunk = new(
        Math.Max(1, ResultsPerPart / (numResults is > 0 and var wanted ? wanted : BatchLimits.DefaultResults)), BytesPerChunk);
    private ArrayBufferWriter<byte>[] _blocks = []; // used again for every chunk
    private long _bytesBefore;
    private long _lines;
    private long _refused;

    /// <param name="mayStore">Throws when the tenant has as much as it may store.</param>
    public async Task AnswerAsync(StoredObject source, Stream stream, OutputParts parts, Action mayStore)
    {
        var reader = new LineReader(stream, BatchLimits.MaxLineBytes);
        var most = BatchLimits.MaxLines(session.Recipe);
        while (await _chunk.ReadAsync(reader, run.CancellationToken))
        {
            if (parts.Lines + _chunk.Count > most)
                throw Refuse.Invalid($"The file '{source.Name}' has more than {most:N0} lines, the most for the recipe {session.Recipe.Name}.");
            if (!parts.TryTake(_chunk.FirstLine, _chunk.Digest))
            {
                mayStore();
                await AnswerChunkAsync(parts);
            }
            _lines += _chunk.Count;
            _refused += parts.Taken[^1].Refused;
            run.Report(
                0.99 * (_bytesBefore + reader.BytesRead) / Math.Max(1, totalBytes),
                _refused == 0 ? $"{_lines:N0} lines answered" : $"{_lines:N0} lines answered, {_refused:N0} of them refused");
        }
        _bytesBefore += reader.BytesRead;
    }

    private async Task AnswerChunkAsync(OutputParts parts)
    {
        var count = (_chunk.Count + LinesTogether - 1) / LinesTogether;
        while (_blocks.Length < count) _blocks = [.. _blocks, .. Enumerable.Range(0, Math.Max(16, _blocks.Length)).Select(_ => new ArrayBufferWriter<byte>())];
        var refused = 0;
        using (var round = await session.BeginAsync(run.CancellationToken))
        {
            var here = session.IsBesideRequests ? Math.Max(1, threads / 2) : threads;
            Workers.ForBlocks(_chunk.Count, LinesTogether, here, (_, from, to) =>
            {
                var output = _blocks[from / LinesTogether];
                output.ResetWrittenCount();
                for (var line = from; line < to; line++)
                {
                    run.CancellationToken.ThrowIfCancellationRequested();
                    if (!round.Answer(_chunk.Line(line), _chunk.IsOverlong(line), output)) Interlocked.Increment(ref refused);
                }
            }, run.CancellationToken);
        }
        parts.Add(_chunk.FirstLine, _chunk.Count, refused, _chunk.Digest, file =>
        {
            foreach (var block in _blocks.AsSpan(0, count)) file.Write(block.WrittenSpan);
        }, run.CancellationToken);
        BatchMetrics.Answered(run.Resource.Account, run.Kind, _chunk.Count - refused, refused);
        answered(_chunk.Count - refused);
    }
}
