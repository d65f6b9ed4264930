using CsCheck;
using Kindred.Serving.Groups;

namespace Kindred.Serving.Tests.Groups;

public sealed class LogPositionsTests
{
    /// <summary>Against a set of positions, for any order of appends and readings, also overlapping ones.</summary>
    [Fact]
    public void Add_AnyRunsInAnyOrder_KnowsWhatASetKnows() =>
        Gen.Select(Gen.Long[0, 40], Gen.Long[1, 8]).Array[1, 30].Sample(runs =>
        {
            var (positions, set) = (new LogPositions(), new HashSet<long>());
            foreach (var (first, count) in runs)
            {
                positions.Add(first, first + count);
                for (var position = first; position < first + count; position++) set.Add(position);

                var through = 0L;
                while (set.Contains(through)) through++;
                Assert.Equal(through, positions.Through);
                for (var end = 1L; end < 50; end++) Assert.Equal(set.Contains(end - 1), positions.HasLast(end));
            }
        }, iter: 500);
}
