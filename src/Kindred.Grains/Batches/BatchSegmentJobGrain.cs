using Kindred.Contracts.Batches;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Batches;

[GrainType("batch-segment-job")]
internal sealed class BatchSegmentJobGrain(
    [PersistentState("state", "Default")] IPersistentState<BatchSegmentJobState> state, TimeProvider clock)
    : JobResourceGrain<BatchSegmentJobState>(state, clock);
