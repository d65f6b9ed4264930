using Kindred.Contracts.Batches;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Batches;

[GrainType("batch-inference-job")]
internal sealed class BatchInferenceJobGrain(
    [PersistentState("state", "Default")] IPersistentState<BatchInferenceJobState> state, TimeProvider clock)
    : JobResourceGrain<BatchInferenceJobState>(state, clock);
