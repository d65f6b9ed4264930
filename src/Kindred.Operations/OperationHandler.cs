using System.Buffers;

namespace Kindred.Operations;

/// <summary>Reads the validated <paramref name="body"/>, does the work, writes the answer's JSON, if there is one.</summary>
internal delegate Task OperationHandler(ReadOnlyMemory<byte> body, OperationContext context, IBufferWriter<byte> output);
