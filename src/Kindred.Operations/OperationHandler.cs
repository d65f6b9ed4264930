using System.Buffers;

namespace Kindred.Operations;

/// <summary>Reads the validated <paramref name="body"/>, does the work, writes the answer's JSON; writes nothing when there is no output.</summary>
internal delegate Task OperationHandler(ReadOnlyMemory<byte> body, OperationContext context, IBufferWriter<byte> output);
