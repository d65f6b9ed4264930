using Kindred.Contracts.Datasets;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Datasets;

[GrainType("dataset-export-job")]
internal sealed class DatasetExportJobGrain(
    [PersistentState("state", "Default")] IPersistentState<DatasetExportJobState> state, TimeProvider clock)
    : JobResourceGrain<DatasetExportJobState>(state, clock);
