using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Solutions;

[Alias("Kindred.ISolutionResource")]
internal interface ISolutionResource : IResource<SolutionState>
{
    [Alias("UpdateAsync")]
    Task UpdateAsync(UpdateSolutionRequest request);

    /// <summary>From here on the solution is on its way out; its versions go first.</summary>
    [Alias("BeginDeleteAsync")]
    Task BeginDeleteAsync();
}
